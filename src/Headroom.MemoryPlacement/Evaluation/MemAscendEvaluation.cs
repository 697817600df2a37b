using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;

namespace Headroom.MemoryPlacement.Evaluation;

/// <summary>Peak host memory of one model by our formulas, before and after MemAscend's fixes.</summary>
public sealed record SsdCase(string Model, Footprint Baseline, Footprint Fixed, IReadOnlyList<(string Fix, double Bytes)> OneByOne)
{
    /// <summary>Share of the peak that goes away, 0 to 1.</summary>
    public double Cut => 1 - (Fixed.Bytes / Baseline.Bytes);
}

/// <summary>MemAscend's cut on models of 7B to 70B, by formulas.</summary>
public static class MemAscendEvaluation
{
    /// <summary>Mean cut the paper's abstract reports on models it does not name there, percent.</summary>
    public const double PaperCutPercent = 55.7;

    public static IReadOnlyList<SsdCase> Run(SsdOffloadPeak peak, TrainingRun run) => [.. SampleModels.SsdOffload.Select(name => Of(SampleModels.Read(name), peak, run))];

    public static SsdCase Of(ModelShape model, SsdOffloadPeak peak, TrainingRun run)
    {
        var baseline = peak.Of(model, run, MemAscendFixes.None);
        return new SsdCase(model.Name, baseline, peak.Of(model, run, MemAscendFixes.All), [.. MemAscendFixes.OneByOne.Select(one => (one.Name, baseline.Bytes - peak.Of(model, run, one.Fix).Bytes))]);
    }
}
