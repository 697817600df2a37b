using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// Kubernetes' vertical pod autoscaler, its target: p90 plus 15 %, half-life 24 h. CPU counts every sample, memory the
/// peak of every day over eight days. Its floors (25 millicores, 250 MiB) are left out: most traces count in shares.
/// </summary>
internal sealed class KubernetesVpa : VmSumPredictor
{
    private static readonly PercentileRule Cpu = new(0.90, 1.15);
    private static readonly PercentileRule Memory = new(0.90, 1.15);
    private static readonly TimeSpan HalfLife = TimeSpan.FromHours(24);

    public override string Name => "kubernetes-vpa";

    public override string Rule => "sum of each machine's p90 CPU (half-life 24 h), or p90 of its daily memory peaks, + 15 % (Kubernetes vertical pod autoscaler)";

    protected override IVmEstimator Estimator(FleetTrace fleet) => fleet.Resource == Resource.Cpu
        ? new Samples(new DecayingHistogram(HalfLife / fleet.Step))
        : new DailyPeaks(fleet.WindowsIn(HalfLife));

    private sealed class Samples(DecayingHistogram values) : IVmEstimator
    {
        public void Add(float used) => values.Add(used);

        public double Peak() => Cpu.Of(values.At(Cpu.Level));
    }

    /// <summary>The peaks of the last days, the day that is not over yet among them, each counting half of the one after it.</summary>
    private sealed class DailyPeaks(int windowsPerDay) : IVmEstimator
    {
        private const int Days = 8;

        private readonly List<float> _peaks = [];
        private int _windows;

        public void Add(float used)
        {
            if (_windows++ % windowsPerDay == 0)
            {
                _peaks.Add(used);
                if (_peaks.Count > Days)
                {
                    _peaks.RemoveAt(0);
                }
            }

            _peaks[^1] = Math.Max(_peaks[^1], used);
        }

        public double Peak()
        {
            if (_peaks.Count == 0)
            {
                return 0;
            }

            var weighted = _peaks.Select((peak, day) => (Peak: peak, Weight: Math.Pow(2, day))).OrderBy(day => day.Peak).ToArray();
            var (total, below) = (weighted.Sum(day => day.Weight), 0.0);
            return Memory.Of(weighted.First(day => (below += day.Weight) >= Memory.Level * total).Peak);
        }
    }
}
