using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>A percentile of a machine's recent use, times a margin; CPU and memory may differ in both.</summary>
internal abstract class RecentPercentileRule((double Level, double Margin) cpu, (double Level, double Margin) memory, TimeSpan history) : VmSumPredictor
{
    protected override IVmEstimator Estimator(FleetTrace fleet)
    {
        var (level, margin) = fleet.Resource == Resource.Cpu ? cpu : memory;
        return new Recent(new RollingQuantile(fleet.WindowsIn(history)), level, margin);
    }

    private sealed class Recent(RollingQuantile values, double level, double margin) : IVmEstimator
    {
        public void Add(float used) => values.Add(used);

        public double Peak() => values.At(level) * margin;
    }
}

/// <summary>A percentile of a machine's use with older samples counting less, times a margin.</summary>
internal abstract class DecayedPercentileRule(double cpuLevel, double memoryLevel, double margin, TimeSpan cpuHalfLife, TimeSpan memoryHalfLife) : VmSumPredictor
{
    protected override IVmEstimator Estimator(FleetTrace fleet) => fleet.Resource == Resource.Cpu
        ? new Decayed(new DecayingHistogram(cpuHalfLife / fleet.Step), cpuLevel, margin)
        : new Decayed(new DecayingHistogram(memoryHalfLife / fleet.Step), memoryLevel, margin);

    private sealed class Decayed(DecayingHistogram values, double level, double margin) : IVmEstimator
    {
        public void Add(float used) => values.Add(used);

        public double Peak() => values.At(level) * margin;
    }
}

/// <summary>Resource Central (SOSP 2017) as Google's simulator states it: the sum of the machines' 99th percentiles.</summary>
internal sealed class ResourceCentral() : RecentPercentileRule((0.99, 1), (0.99, 1), TimeSpan.FromHours(24))
{
    public override string Name => "resource-central";

    public override string Rule => "sum of each machine's p99 over 24 h (Resource Central, in the form of Bashir et al., EuroSys 2021)";
}

/// <summary>Crane: p99 plus 15 %.</summary>
internal sealed class Crane() : RecentPercentileRule((0.99, 1.15), (0.99, 1.15), TimeSpan.FromDays(7))
{
    public override string Name => "crane";

    public override string Rule => "sum of each machine's p99 over 7 days + 15 % (Crane's percentile predictor)";
}

/// <summary>Robusta KRR: p95 of CPU, maximum of memory plus 15 %.</summary>
internal sealed class Krr() : RecentPercentileRule((0.95, 1), (1, 1.15), TimeSpan.FromDays(14))
{
    public override string Name => "krr";

    public override string Rule => "sum of each machine's p95 CPU, or its largest memory + 15 %, over 14 days (Robusta KRR)";
}

/// <summary>Kubernetes' vertical pod autoscaler: decayed p90 plus 15 %.</summary>
internal sealed class KubernetesVpa() : DecayedPercentileRule(0.90, 0.90, 1.15, TimeSpan.FromHours(24), TimeSpan.FromHours(24))
{
    public override string Name => "kubernetes-vpa";

    public override string Rule => "sum of each machine's p90, half-life 24 h, + 15 % (Kubernetes vertical pod autoscaler)";
}

/// <summary>Koordinator: decayed p95 of CPU or p98 of memory plus 10 %.</summary>
internal sealed class Koordinator() : DecayedPercentileRule(0.95, 0.98, 1.10, TimeSpan.FromHours(12), TimeSpan.FromHours(24))
{
    public override string Name => "koordinator";

    public override string Rule => "sum of each machine's p95 CPU (half-life 12 h) or p98 memory (24 h), + 10 % (Koordinator)";
}
