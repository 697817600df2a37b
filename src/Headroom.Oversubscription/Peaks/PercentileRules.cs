using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>A percentile of a machine's recent use, times a margin; CPU and memory may differ in everything.</summary>
/// <param name="cpu">Rule for cores.</param>
/// <param name="memory">Rule for GiB.</param>
/// <param name="history">How far back is looked.</param>
/// <param name="shortest">With a shorter past nothing is said, and the machine counts as its request.</param>
internal abstract class RecentPercentileRule(PercentileRule cpu, PercentileRule memory, TimeSpan history, TimeSpan shortest = default) : VmSumPredictor
{
    protected override IVmEstimator Estimator(FleetTrace fleet) =>
        new Recent(new RollingQuantile(fleet.WindowsIn(history)), fleet.Resource == Resource.Cpu ? cpu : memory, shortest / fleet.Step);

    private sealed class Recent(RollingQuantile values, PercentileRule rule, double fewest) : IVmEstimator
    {
        public void Add(float used) => values.Add(used);

        public double Peak() => values.Count < fewest ? double.PositiveInfinity : rule.Of(values.At(rule.Level));
    }
}

/// <summary>A percentile of a machine's use with older samples counting less, times a margin.</summary>
internal abstract class DecayedPercentileRule(PercentileRule cpu, PercentileRule memory, TimeSpan cpuHalfLife, TimeSpan memoryHalfLife) : VmSumPredictor
{
    protected override IVmEstimator Estimator(FleetTrace fleet) => fleet.Resource == Resource.Cpu
        ? new Decayed(new DecayingHistogram(cpuHalfLife / fleet.Step), cpu)
        : new Decayed(new DecayingHistogram(memoryHalfLife / fleet.Step), memory);

    private sealed class Decayed(DecayingHistogram values, PercentileRule rule) : IVmEstimator
    {
        public void Add(float used) => values.Add(used);

        public double Peak() => rule.Of(values.At(rule.Level));
    }
}

/// <summary>A percentile with its margin.</summary>
/// <param name="Level">0 to 1.</param>
/// <param name="Margin">Factor on top.</param>
internal sealed record PercentileRule(double Level, double Margin)
{
    public double Of(double percentile) => percentile * Margin;
}

/// <summary>Resource Central (SOSP 2017) as Google's simulator states it: the sum of the machines' 99th percentiles.</summary>
internal sealed class ResourceCentral() : RecentPercentileRule(new(0.99, 1), new(0.99, 1), TimeSpan.FromHours(24))
{
    public override string Name => "resource-central";

    public override string Rule => "sum of each machine's p99 over 24 h (Resource Central, in the form of Bashir et al., EuroSys 2021)";
}

/// <summary>Crane: p99 plus 15 %.</summary>
internal sealed class Crane() : RecentPercentileRule(new(0.99, 1.15), new(0.99, 1.15), TimeSpan.FromDays(7))
{
    public override string Name => "crane";

    public override string Rule => "sum of each machine's p99 over 7 days + 15 % (Crane's percentile predictor)";
}

/// <summary>
/// Robusta KRR: p95 of CPU, maximum of memory plus 15 %; nothing below 100 points, which it reads every 75 s. Its floors (10 millicores,
/// 100 MiB) are left out: most traces count in shares.
/// </summary>
internal sealed class Krr(TimeSpan shortest) : RecentPercentileRule(new(0.95, 1), new(1, 1.15), TimeSpan.FromDays(14), shortest)
{
    public Krr()
        : this(100 * TimeSpan.FromSeconds(75))
    {
    }

    public override string Name => "krr";

    public override string Rule => "sum of each machine's p95 CPU, or its largest memory + 15 %, over 14 days, its request below 125 minutes (Robusta KRR)";
}

/// <summary>Koordinator: decayed p95 of CPU or p98 of memory plus 10 %.</summary>
internal sealed class Koordinator() : DecayedPercentileRule(new(0.95, 1.10), new(0.98, 1.10), TimeSpan.FromHours(12), TimeSpan.FromHours(24))
{
    public override string Name => "koordinator";

    public override string Rule => "sum of each machine's p95 CPU (half-life 12 h) or p98 memory (24 h), + 10 % (Koordinator)";
}
