using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>Where a predicted number comes from.</summary>
public enum Provenance
{
    /// <summary>An analytic rule, in a region where training rows showed it to hold.</summary>
    Rule,

    /// <summary>A rule or size as the start, corrected by what was learnt from synthesised designs.</summary>
    Learned,
}

/// <summary>One predicted number with its interval.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Lower">Lower end of the interval; equal to <paramref name="Value"/> where training rows were always met exactly.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="Level">Share of designs like the training ones whose truth lies inside, 0 to 1.</param>
/// <param name="IsOutOfRange">The design lies outside what the model was trained on: the interval promises nothing.</param>
public sealed record TargetPrediction(
    Target Target, double Value, double Lower, double Upper, double Level, string Unit, string ModelId, Provenance Provenance, bool IsOutOfRange);

/// <summary>Everything predicted about one design.</summary>
/// <param name="Targets">One entry per target the model knows, in the order of <see cref="Records.Targets.All"/>.</param>
/// <param name="SuccessProbability">That synthesis comes to an end, 0 to 1; null when the model was not trained on failures.</param>
/// <param name="OutsideTraining">What lies outside the training range, in words for people; empty when all is inside.</param>
public sealed record DesignPrediction(IReadOnlyList<TargetPrediction> Targets, double? SuccessProbability, IReadOnlyList<string> OutsideTraining)
{
    public bool IsOutOfRange => OutsideTraining.Count > 0;

    /// <summary>The entry of a target; null when the model does not know it.</summary>
    public TargetPrediction? this[Target target] => Targets.FirstOrDefault(entry => entry.Target == target);
}
