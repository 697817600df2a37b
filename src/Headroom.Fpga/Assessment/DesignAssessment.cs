using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Records;
using Headroom.Fpga.Rules;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Assessment;

/// <summary>A layer with what the rules say of it, and the reuse factors it could have.</summary>
/// <param name="ValidReuseFactors">Valid in every product of the layer, ascending; empty for layers without weights.</param>
public sealed record LayerAssessment(Layer Layer, LayerRules? Rules, IReadOnlyList<int> ValidReuseFactors);

/// <summary>All there is to say of a design before synthesis.</summary>
/// <param name="Fit">Beside the configured board; null when the part is unknown.</param>
/// <param name="Boards">Predicted for each known board and held against it, the board with most room first.</param>
/// <param name="Notes">What a person should know: names in the configuration that no layer has.</param>
public sealed record DesignAssessment(
    Network Network, HlsConfiguration Configuration, DesignPrediction Prediction, BoardFit? Fit, IReadOnlyList<BoardFit> Boards,
    IReadOnlyList<LayerAssessment> Layers, ModelCard Model, IReadOnlyList<string> Notes)
{
    /// <summary>Latency in nanoseconds; null when the model knows no cycles.</summary>
    public double? LatencyNanoseconds => Prediction[Target.Cycles]?.Value * Configuration.ClockPeriodNanoseconds;

    /// <param name="board">The board meant where several have the configured part; null takes the first of them.</param>
    public static DesignAssessment Of(
        IDesignPredictor predictor, Network network, HlsConfiguration configuration, BoardCatalogue catalogue, IReadOnlyList<string>? notes = null, Board? board = null)
    {
        if (configuration.ToolVersion is null)
        {
            configuration = AssumedTool.In(configuration);
            notes = [.. notes ?? [], $"The configuration states no tool version; predicted as Vivado HLS {AssumedTool.Version} would report."];
        }

        var own = board ?? catalogue.Find(configuration.Part);
        var boards = catalogue.Boards;

        // One batch: the design as configured, then on every board, since the part changes what the tools do.
        DesignQuestion[] questions =
        [
            new DesignQuestion(network, configuration, own?.Capacity),
            .. boards.Select(known => new DesignQuestion(network, configuration with { Part = known.Part }, known.Capacity)),
        ];
        var answers = predictor.Predict(questions);
        return new DesignAssessment(
            network,
            configuration,
            answers[0],
            own is null ? null : BoardFit.Of(answers[0], own),
            [.. boards.Select((known, index) => BoardFit.Of(answers[index + 1], known)).OrderBy(fit => fit.Verdict).ThenBy(fit => fit.Tightest?.Share)],
            [.. network.Layers.Select(layer => Assess(layer, configuration))],
            predictor.Model,
            notes ?? []);
    }

    /// <summary>Reads configuration and board as a person gives them, and assesses.</summary>
    /// <param name="yaml">hls4ml's configuration; null takes the file's own or the defaults.</param>
    /// <param name="board">Name or part; null keeps the configuration's.</param>
    /// <exception cref="NetworkFormatException">The configuration cannot be used, or nobody knows the board.</exception>
    public static DesignAssessment Of(IDesignPredictor predictor, ParsedNetwork parsed, string? yaml, string? board, BoardCatalogue catalogue)
    {
        var document = string.IsNullOrWhiteSpace(yaml) ? null : Hls4mlYaml.Read(yaml, catalogue);
        var configuration = document?.For(parsed.Network) ?? parsed.Configuration ?? new HlsConfiguration();
        Board? meant = null;
        if (!string.IsNullOrWhiteSpace(board))
        {
            meant = catalogue.Find(board)
                ?? throw new NetworkFormatException($"board: expected one of {string.Join(", ", catalogue.Boards.Select(known => known.Name))}, or their parts, got '{board}'.");
            configuration = configuration with { Part = meant.Part };
        }

        return Of(predictor, parsed.Network, configuration, catalogue, [.. document?.UnknownNames(parsed.Network).Select(name => $"LayerName {name}: the network has no layer of this name") ?? []], meant);
    }

    private static LayerAssessment Assess(Layer layer, HlsConfiguration configuration)
    {
        if (layer.Products.Count == 0)
        {
            return new LayerAssessment(layer, null, []);
        }

        var valid = layer.Products.Select(product => ReuseFactors.Valid(product.Inputs, product.Outputs)).Aggregate((a, b) => [.. a.Intersect(b)]);
        return new LayerAssessment(layer, DesignRules.Of(layer, configuration), valid);
    }
}
