using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>A rule or model that says how much a host's machines will use together at most.</summary>
public interface IPeakPredictor
{
    /// <summary>Name in tables and on the command line.</summary>
    string Name { get; }

    /// <summary>The rule in one sentence, with its source.</summary>
    string Rule { get; }

    /// <summary>Begins a replay of a fleet from its first window.</summary>
    IPeakSession Start(FleetTrace fleet, PeakSettings settings);
}

/// <summary>One replay, advanced in time only.</summary>
public interface IPeakSession
{
    /// <summary>
    /// The advised capacity per host, in the resource's unit, for the windows [<paramref name="now"/>, <paramref name="now"/> +
    /// <see cref="PeakSettings.HorizonWindows"/>); only windows before <paramref name="now"/> may be looked at. Calls come with rising
    /// <paramref name="now"/>.
    /// </summary>
    double[] Advise(int now, CancellationToken cancellationToken);
}

/// <summary>What every predictor is told.</summary>
/// <param name="Risk">Share of windows in which the joint use may exceed the advice, 0 to 1.</param>
/// <param name="HorizonWindows">For how many windows one advice holds.</param>
/// <param name="WarmUpWindows">Windows at the start that are watched but not advised on; a machine younger than that counts as its request.</param>
/// <param name="Seed">Seed of whatever is random.</param>
public sealed record PeakSettings(double Risk, int HorizonWindows, int WarmUpWindows, int Seed)
{
    /// <summary>The usual settings of a trace: a day of warm-up, or a quarter of a short trace.</summary>
    /// <exception cref="TraceException">The risk or the horizon is out of range.</exception>
    public static PeakSettings For(FleetTrace fleet, double risk, TimeSpan horizon, int seed)
    {
        if (risk is not (> 0 and < 0.5))
        {
            throw new TraceException(FormattableString.Invariant($"risk: expected a share above 0 and below 0.5, got {risk}"));
        }

        return horizon > TimeSpan.Zero && horizon <= TimeSpan.FromDays(7)
            ? new PeakSettings(risk, fleet.WindowsIn(horizon), Math.Min(fleet.WindowsIn(TimeSpan.FromDays(1)), fleet.Windows / 4), seed)
            : throw new TraceException(FormattableString.Invariant($"horizon: expected more than 0 and at most 168 hours, got {horizon.TotalHours}"));
    }

    /// <summary>The same for a past that may be minutes long: advice holds for a twelfth of it at most.</summary>
    /// <exception cref="TraceException">The risk or the horizon is out of range.</exception>
    public static PeakSettings ForOwnPast(FleetTrace fleet, double risk, TimeSpan horizon, int seed)
    {
        var settings = For(fleet, risk, horizon, seed);
        return settings with { HorizonWindows = Math.Clamp(fleet.Windows / 12, 1, settings.HorizonWindows) };
    }
}
