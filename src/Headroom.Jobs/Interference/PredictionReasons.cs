using Headroom.Interference.Reasons;
using Headroom.Interference.Runs;

namespace Headroom.Jobs.Interference;

/// <summary>How much one metric moved a prediction.</summary>
/// <param name="Block">Target, Neighbours or Host.</param>
/// <param name="Share">In the unit of the prediction; below 0 it slows the workload down.</param>
public sealed record MetricReason(FeatureBlock Block, string Name, string Unit, Resource Resource, double Share);

/// <summary>How much everything about one resource moved a prediction.</summary>
public sealed record ResourceReason(Resource Resource, double Share);

/// <summary>Why a prediction is what it is: base plus the shares of all resources is the prediction; base plus all metrics plus the rest too.</summary>
/// <param name="Base">Prediction for the mean training window.</param>
/// <param name="Resources">One share per resource, the largest effect first.</param>
/// <param name="Metrics">The metrics of the largest effect.</param>
/// <param name="Rest">Sum over all other metrics.</param>
public sealed record PredictionReasons(double Base, IReadOnlyList<ResourceReason> Resources, IReadOnlyList<MetricReason> Metrics, double Rest)
{
    private const int MostMetrics = 15;

    public static PredictionReasons Of(Explanation explanation) => new(
        explanation.Base,
        [.. explanation.ByResource().Select(part => new ResourceReason(part.Resource, part.Share))],
        [.. explanation.Features.Take(MostMetrics).Select(share => new MetricReason(share.Feature.Block, share.Feature.Name, share.Feature.Unit, share.Feature.Resource, share.Share))],
        explanation.Features.Skip(MostMetrics).Sum(share => share.Share));
}
