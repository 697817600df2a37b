using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Sweeps;

/// <summary>One design of a sweep and what is predicted of it.</summary>
public sealed record SweepPoint(HlsConfiguration Configuration, BoardFit Fit, DesignPrediction Prediction)
{
    /// <summary>Latency in nanoseconds: cycles times clock period; null when the model knows no cycles.</summary>
    public double? LatencyNanoseconds => Prediction[Target.Cycles]?.Value * Configuration.ClockPeriodNanoseconds;

    /// <summary>Share of the board's scarcest resource, 1 fills it.</summary>
    public double? Utilisation => Fit.Tightest?.Share;
}

/// <summary>All points of a sweep.</summary>
/// <param name="Front">Indices of the points no other one beats in latency and utilisation at once, the fastest first.</param>
public sealed record SweepResult(IReadOnlyList<SweepPoint> Points, IReadOnlyList<int> Front);
