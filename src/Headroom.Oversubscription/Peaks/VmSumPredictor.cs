using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>Estimates every machine for itself, caps it at its request and adds up. A machine younger than the warm-up counts as its request.</summary>
internal abstract class VmSumPredictor : IPeakPredictor
{
    public abstract string Name { get; }

    public abstract string Rule { get; }

    public IPeakSession Start(FleetTrace fleet, PeakSettings settings) => new Session(this, fleet, settings);

    /// <summary>A fresh estimator of one machine.</summary>
    protected abstract IVmEstimator Estimator(FleetTrace fleet);

    /// <summary>Watches one machine.</summary>
    protected interface IVmEstimator
    {
        /// <summary>Learns the use in one more window.</summary>
        void Add(float used);

        /// <summary>The machine's peak, margin included, in the resource's unit.</summary>
        double Peak();
    }

    private sealed class Session : IPeakSession
    {
        private readonly FleetTrace _fleet;
        private readonly PeakSettings _settings;
        private readonly IVmEstimator[][] _estimators;
        private int _seen;

        public Session(VmSumPredictor predictor, FleetTrace fleet, PeakSettings settings)
        {
            (_fleet, _settings) = (fleet, settings);
            _estimators = fleet.Hosts.Select(host => host.Vms.Select(_ => predictor.Estimator(fleet)).ToArray()).ToArray();
        }

        public double[] Advise(int now, CancellationToken cancellationToken)
        {
            var advice = new double[_fleet.Hosts.Count];
            for (var host = 0; host < advice.Length; host++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var vms = _fleet.Hosts[host].Vms;
                for (var vm = 0; vm < vms.Count; vm++)
                {
                    advice[host] += Estimate(vms[vm], _estimators[host][vm], now);
                }
            }

            _seen = now;
            return advice;
        }

        private double Estimate(VmSeries vm, IVmEstimator estimator, int now)
        {
            foreach (var used in vm.Between(_seen, now))
            {
                estimator.Add(used);
            }

            if (!vm.IsPresent(now))
            {
                return 0;
            }

            var isCold = now - vm.FirstWindow < _settings.WarmUpWindows;
            return isCold ? vm.Requested : Math.Min(estimator.Peak(), vm.Requested);
        }
    }
}
