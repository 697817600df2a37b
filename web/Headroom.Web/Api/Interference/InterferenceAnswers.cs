using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Learning.ModelFiles;
using Headroom.Web.Features.Interference;

namespace Headroom.Web.Api.Interference;

/// <summary>How fast a workload is predicted to run beside its neighbours.</summary>
/// <param name="Value">Performance as a share of what it would do alone: 1 is undisturbed.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Share of true values the interval is meant to hold.</param>
/// <param name="Unit">1: a share.</param>
/// <param name="IsOutOfRange">The window lies outside what the model was trained on: the value is a guess, the interval promises nothing.</param>
/// <param name="OutsideTraining">What lies outside, a sentence each.</param>
/// <param name="Reasons">What moved the prediction away from the base; null when it was not asked for.</param>
/// <param name="Neighbours">What every busy neighbour costs, the dearest first.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="ModelVersion">Version of the program that trained it.</param>
/// <param name="At">End of the window.</param>
internal sealed record InterferenceAnswer(
    double Value, double Lower, double Upper, double Level, string Unit, bool IsOutOfRange, IReadOnlyList<string> OutsideTraining, ReasonsAnswer? Reasons,
    IReadOnlyList<NeighbourAnswer> Neighbours, string Model, string ModelVersion, DateTimeOffset At)
{
    public static InterferenceAnswer Of(InterferencePrediction prediction, IReadOnlyList<NeighbourEffect> neighbours, DateTimeOffset at) => new(
        prediction.Value, prediction.Lower, prediction.Upper, prediction.Level, "1", prediction.IsOutOfRange, prediction.OutsideTraining,
        prediction.Reasons is { } reasons ? ReasonsAnswer.Of(PredictionReasons.Of(reasons)) : null,
        [.. neighbours.Select(NeighbourAnswer.Of)], prediction.ModelId, prediction.ModelVersion, at);

    public static InterferenceAnswer Of(InterferenceLine line) => new(
        line.Prediction.Value, line.Prediction.Lower, line.Prediction.Upper, line.Prediction.Level, "1", line.IsOutOfRange, line.Prediction.OutsideTraining,
        line.Reasons is { } reasons ? ReasonsAnswer.Of(reasons) : null, [.. line.Neighbours.Select(NeighbourAnswer.Of)],
        line.Prediction.ModelId, line.Prediction.ModelVersion, line.Prediction.At);
}

/// <summary>Why: base plus the shares of all resources is the value; so is base plus all metrics plus the rest.</summary>
/// <param name="Base">Prediction for the mean training window.</param>
/// <param name="Rest">Sum over all metrics that are not listed.</param>
internal sealed record ReasonsAnswer(double Base, IReadOnlyList<ResourceReasonAnswer> Resources, IReadOnlyList<MetricReasonAnswer> Metrics, double Rest)
{
    public static ReasonsAnswer Of(PredictionReasons reasons) => new(
        reasons.Base,
        [.. reasons.Resources.Select(part => new ResourceReasonAnswer(part.Resource.ToString(), part.Share))],
        [.. reasons.Metrics.Select(part => new MetricReasonAnswer(part.Block.ToString(), part.Name, part.Unit, part.Resource.ToString(), part.Share))],
        reasons.Rest);
}

/// <summary>How much everything about one resource moved the prediction.</summary>
internal sealed record ResourceReasonAnswer(string Resource, double Share);

/// <summary>How much one metric moved the prediction.</summary>
/// <param name="Block">Whose metric: Target, Neighbours or Host.</param>
internal sealed record MetricReasonAnswer(string Block, string Name, string Unit, string Resource, double Share);

/// <summary>What one neighbour costs.</summary>
/// <param name="Workload">Id of the neighbour.</param>
/// <param name="Costs">Predicted performance without it less the one with it.</param>
/// <param name="Without">Predicted performance if it moved away.</param>
internal sealed record NeighbourAnswer(int Workload, string Name, double Costs, double Without, double Lower, double Upper)
{
    public static NeighbourAnswer Of(NeighbourEffect effect) => new(effect.Id, effect.Name, effect.Costs, effect.Without, effect.Lower, effect.Upper);
}

/// <summary>A workload with its newest prediction.</summary>
internal sealed record WorkloadInterference(int Workload, string Name, int HostId, string Host, InterferenceAnswer Now)
{
    public static WorkloadInterference Of(InterferenceLine line) => new(line.Id, line.Workload, line.Prediction.HostId, line.Host, InterferenceAnswer.Of(line));
}

/// <summary>One workload over a time.</summary>
/// <param name="Now">Its newest prediction in that time; null when there is none.</param>
/// <param name="Series">All of them, oldest first.</param>
internal sealed record WorkloadInterferenceHistory(int Workload, string Name, int HostId, DateTimeOffset From, DateTimeOffset To, InterferenceAnswer? Now, IReadOnlyList<InterferencePoint> Series);

/// <summary>One point of a course.</summary>
internal sealed record InterferencePoint(DateTimeOffset At, double Value, double Lower, double Upper, bool IsOutOfRange);

/// <summary>A workload as it is, and as it would be with neighbours gone.</summary>
/// <param name="Gone">Ids of the neighbours that moved away.</param>
internal sealed record InterferenceWhatIfAnswer(int Workload, string Name, IReadOnlyList<int> Gone, InterferenceAnswer Now, InterferenceAnswer Without);

/// <summary>The model that answers.</summary>
/// <param name="Features">What it looks at, in its order.</param>
/// <param name="Metrics">How its recipe did on groups that were left out, by name with unit.</param>
internal sealed record InterferenceModelAnswer(
    string Id, string Version, DateTimeOffset TrainedAt, string TrainingData, string TrainingChecksum, int TrainingRows, IReadOnlyList<string> Architecture,
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<FeatureAnswer> Features)
{
    public static InterferenceModelAnswer Of(ModelCard card, FeatureSchema schema) => new(
        card.Id, card.CodeVersion, card.CreatedAt, card.TrainingData, card.TrainingChecksum, card.TrainingRows, card.Architecture, card.Metrics,
        [.. schema.Metrics.Concat(schema.Context).Select(feature => new FeatureAnswer(feature.Block.ToString(), feature.Name, feature.Unit, feature.Resource.ToString()))]);
}

/// <summary>One feature of a model.</summary>
internal sealed record FeatureAnswer(string Block, string Name, string Unit, string Resource);
