using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Web.Api.Fpga;

/// <summary>What a design will cost.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Format">Format it was read from.</param>
/// <param name="Targets">bram, dsp, ff, lut, cycles, ii: as far as the model knows them.</param>
/// <param name="LatencyNanoseconds">Cycles times clock period.</param>
/// <param name="SynthesisSuccessProbability">That synthesis comes to an end, 0 to 1; null when the model was not trained on failures.</param>
/// <param name="IsOutOfRange">The design lies outside what the model was trained on: the intervals promise nothing.</param>
/// <param name="OutsideTraining">What lies outside, in words.</param>
/// <param name="Board">The configured board; null when nobody knows the part.</param>
/// <param name="Boards">Every known board, those with most room first.</param>
/// <param name="Layers">Layers in the order they run.</param>
/// <param name="Configuration">The configuration as used.</param>
/// <param name="Hls4ml">The same as the YAML file that hls4ml reads.</param>
/// <param name="Model">Which model answered and what it was trained on.</param>
/// <param name="Notes">What a person should know.</param>
/// <param name="At">When it was predicted.</param>
internal sealed record FpgaAnswer(
    string Network, string Format, IReadOnlyList<FpgaTargetAnswer> Targets, double? LatencyNanoseconds, double? SynthesisSuccessProbability, bool IsOutOfRange,
    IReadOnlyList<string> OutsideTraining, FpgaBoardFitAnswer? Board, IReadOnlyList<FpgaBoardFitAnswer> Boards, IReadOnlyList<FpgaLayerAnswer> Layers,
    FpgaConfigurationAnswer Configuration, string Hls4ml, FpgaModelAnswer Model, IReadOnlyList<string> Notes, DateTimeOffset At)
{
    public static FpgaAnswer Of(DesignAssessment design, string format, DateTimeOffset at) => new(
        design.Network.Name, format, [.. design.Prediction.Targets.Select(FpgaTargetAnswer.Of)], design.LatencyNanoseconds, design.Prediction.SuccessProbability,
        design.Prediction.IsOutOfRange, design.Prediction.OutsideTraining, design.Fit is { } fit ? FpgaBoardFitAnswer.Of(fit) : null,
        [.. design.Boards.Select(FpgaBoardFitAnswer.Of)], [.. design.Layers.Select(FpgaLayerAnswer.Of)], FpgaConfigurationAnswer.Of(design), Hls4mlYamlWriter.Write(design.Network, design.Configuration), FpgaModelAnswer.Of(design.Model), design.Notes, at);
}

/// <summary>One predicted number with its interval.</summary>
/// <param name="Provenance">Rule, or Learned.</param>
internal sealed record FpgaTargetAnswer(string Target, double Value, double Lower, double Upper, double Level, string Unit, string Provenance, bool IsOutOfRange)
{
    public static FpgaTargetAnswer Of(TargetPrediction entry) =>
        new(entry.Target.Name(), entry.Value, entry.Lower, entry.Upper, entry.Level, entry.Unit, entry.Provenance.ToString(), entry.IsOutOfRange);
}

/// <summary>A design beside a board.</summary>
/// <param name="Verdict">Fits, Uncertain or DoesNotFit.</param>
internal sealed record FpgaBoardFitAnswer(string Board, string Part, string Verdict, string Source, IReadOnlyList<FpgaResourceAnswer> Resources)
{
    public static FpgaBoardFitAnswer Of(BoardFit fit) => new(fit.Board.Name, fit.Board.Part, fit.Verdict.ToString(), fit.Board.Source,
        [.. fit.Resources.Select(resource => new FpgaResourceAnswer(
            resource.Prediction.Target.Name(), resource.Capacity, Finite(resource.Share), Finite(resource.LowerShare), Finite(resource.UpperShare), resource.Verdict.ToString()))]);

    private static double? Finite(double share) => double.IsFinite(share) ? share : null;
}

/// <summary>One resource beside its capacity; shares are null when the board has none of it.</summary>
internal sealed record FpgaResourceAnswer(string Target, double Capacity, double? Share, double? LowerShare, double? UpperShare, string Verdict);

/// <summary>One layer.</summary>
internal sealed record FpgaLayerAnswer(
    string Name, string Kind, IReadOnlyList<int> InputShape, IReadOnlyList<int> OutputShape, long Parameters, int? ReuseFactor, IReadOnlyList<int> ValidReuseFactors,
    string? Strategy, long? Multipliers, string? WeightPrecision)
{
    public static FpgaLayerAnswer Of(LayerAssessment entry) => new(
        entry.Layer.Name, entry.Layer.Kind.ToString(), entry.Layer.InputShape, entry.Layer.OutputShape, entry.Layer.Parameters, entry.Rules?.ReuseFactor, entry.ValidReuseFactors,
        entry.Rules?.Strategy.ToString(), entry.Rules?.Products.Sum(product => product.Multipliers),
        entry.Rules is { Products.Count: > 0 } rules ? $"{rules.Products[0].WeightBits} bits" : null);
}

/// <summary>The configuration as used.</summary>
internal sealed record FpgaConfigurationAnswer(string Precision, int ReuseFactor, string Strategy, string IoType, string Part, double ClockPeriodNanoseconds)
{
    public static FpgaConfigurationAnswer Of(DesignAssessment design) => new(
        design.Configuration.Precision.ToString(), design.Configuration.ReuseFactor, design.Configuration.Strategy.ToString(),
        design.Configuration.IoType == Headroom.Fpga.Configurations.IoType.Stream ? "io_stream" : "io_parallel", design.Configuration.Part, design.Configuration.ClockPeriodNanoseconds);
}

/// <summary>Which model answered.</summary>
internal sealed record FpgaModelAnswer(string Id, string Architecture, DateTimeOffset TrainedAt, IReadOnlyList<ModelSource> Sources, IReadOnlyList<ModelMetric> Metrics, bool MayBeRedistributed)
{
    public static FpgaModelAnswer Of(ModelCard card) => new(card.Id, card.Architecture, card.TrainedAt, card.Sources, card.Metrics, card.MayBeRedistributed);
}

/// <summary>A board.</summary>
/// <param name="IsOwn">A user added it.</param>
internal sealed record FpgaBoardAnswer(string Name, string Part, double Lut, double FlipFlop, double Dsp, double BlockRam18, double UltraRam, string Source, bool IsOwn)
{
    public static FpgaBoardAnswer Of(Board board, bool isOwn) =>
        new(board.Name, board.Part, board.Capacity.Lut, board.Capacity.FlipFlop, board.Capacity.Dsp, board.Capacity.BlockRam18, board.Capacity.UltraRam, board.Source, isOwn);
}
