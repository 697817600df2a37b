using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>Google's max predictor: the larger of N-sigma and Resource Central, host by host.</summary>
internal sealed class MaxPredictor : IPeakPredictor
{
    private static readonly IPeakPredictor[] Parts = [new NSigma(), new ResourceCentral()];

    public string Name => "max";

    public string Rule => "the larger of n-sigma and resource-central (Bashir et al., EuroSys 2021)";

    public IPeakSession Start(FleetTrace fleet, PeakSettings settings) => new Session(Parts.Select(part => part.Start(fleet, settings)).ToArray());

    private sealed class Session(IPeakSession[] parts) : IPeakSession
    {
        public double[] Advise(int now, CancellationToken cancellationToken) => parts
            .Select(part => part.Advise(now, cancellationToken))
            .Aggregate((left, right) => left.Zip(right, Math.Max).ToArray());
    }
}
