using Headroom.Interference.Runs;

namespace Headroom.Interference.Reasons;

/// <summary>How much one feature moved a prediction away from the base, in the unit of the label.</summary>
public sealed record FeatureShare(Feature Feature, double Share);

/// <summary>Why a prediction is what it is: base plus all shares is the prediction.</summary>
/// <param name="Base">Prediction for the mean training window.</param>
/// <param name="Features">One share per feature, the largest effect first.</param>
public sealed record Explanation(double Base, IReadOnlyList<FeatureShare> Features)
{
    /// <summary>The shares summed by what they are about, the largest effect first.</summary>
    public IReadOnlyList<(Resource Resource, double Share)> ByResource() => Sum(share => share.Feature.Resource);

    /// <summary>The shares summed by whose behaviour they describe, the largest effect first.</summary>
    public IReadOnlyList<(FeatureBlock Block, double Share)> ByBlock() => Sum(share => share.Feature.Block);

    private IReadOnlyList<(T Key, double Share)> Sum<T>(Func<FeatureShare, T> key) =>
        [.. Features.GroupBy(key).Select(group => (group.Key, Share: group.Sum(share => share.Share))).OrderByDescending(part => Math.Abs(part.Share))];
}
