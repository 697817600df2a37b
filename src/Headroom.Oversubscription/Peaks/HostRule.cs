using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>A rule that looks at one host's past and nothing else. A host younger than the warm-up counts as its requests.</summary>
internal abstract class HostRule : IPeakPredictor
{
    public abstract string Name { get; }

    public abstract string Rule { get; }

    public IPeakSession Start(FleetTrace fleet, PeakSettings settings) => new Session(this, fleet, settings);

    /// <summary>The host's peak from its windows before <paramref name="now"/>, in the resource's unit.</summary>
    protected abstract double Peak(FleetTrace fleet, HostSeries host, int now);

    private sealed class Session(HostRule rule, FleetTrace fleet, PeakSettings settings) : IPeakSession
    {
        public double[] Advise(int now, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return fleet.Hosts
                .Select(host => now < settings.WarmUpWindows ? host.Requested[now] : Math.Min(rule.Peak(fleet, host, now), host.Requested[now]))
                .ToArray();
        }
    }
}

/// <summary>Borg's default: requests may be overcommitted by a fixed factor of 1.1.</summary>
internal sealed class BorgDefault : HostRule
{
    private const double Overcommit = 1.1;

    public override string Name => "borg-default";

    public override string Rule => "sum of requests / 1.1 (Borg default, as restated by Bashir et al., EuroSys 2021)";

    protected override double Peak(FleetTrace fleet, HostSeries host, int now) => host.Requested[now] / Overcommit;
}

/// <summary>N-sigma: mean plus five standard deviations of the host's total.</summary>
internal sealed class NSigma : HostRule
{
    private const double Deviations = 5;
    private static readonly TimeSpan History = TimeSpan.FromHours(24);

    public override string Name => "n-sigma";

    public override string Rule => "mean + 5 standard deviations of the host's total over 24 h (Bashir et al., EuroSys 2021)";

    protected override double Peak(FleetTrace fleet, HostSeries host, int now)
    {
        var past = host.Total[Math.Max(0, now - fleet.WindowsIn(History))..now];
        var mean = 0.0;
        var squares = 0.0;
        foreach (var total in past)
        {
            mean += total / past.Length;
            squares += total * total / past.Length;
        }

        return mean + (Deviations * Math.Sqrt(Math.Max(0, squares - (mean * mean))));
    }
}
