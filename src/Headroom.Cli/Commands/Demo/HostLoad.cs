namespace Headroom.Cli.Commands.Demo;

/// <summary>
/// How hard a demo host works. The recordings come from one small machine that was kept busy; a fleet is a mixture: some hosts are nearly
/// idle, some nearly full, all follow the day, and memory is filled to different heights.
/// </summary>
/// <param name="number">Number of the host in the fleet.</param>
/// <param name="seed">Of the whole story.</param>
/// <param name="curve">Its day.</param>
internal sealed class HostLoad(int number, int seed, DayCurve curve)
{
    private const double LeastBusy = 0.22;
    private const double MostBusy = 0.95;

    /// <summary>What goes on at night too, as a share of the busiest hour.</summary>
    private const double NightShare = 0.35;

    private const double LeastFilled = 0.12;
    private const double MostFilled = 0.78;
    private const double Restlessness = 0.12;

    private static readonly TimeSpan Restless = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Drifting = TimeSpan.FromMinutes(40);

    private readonly double _busy = Spread.Of(number, seed, LeastBusy, MostBusy);
    private readonly double _filled = Spread.Of(3 * number, seed, LeastFilled, MostFilled);

    /// <summary>Share of the recorded activity that the host shows, above 0 and at most 1.</summary>
    public double ActivityAt(DateTimeOffset story) =>
        Math.Clamp(_busy * (NightShare + ((1 - NightShare) * curve.At(story))) * (1 + (Restlessness * Spread.Noise(story, Restless, Own))), 0.02, 1);

    /// <summary>Share of the host's memory that its workloads hold beyond what was recorded, 0 to 1.</summary>
    public double FilledAt(DateTimeOffset story) => Math.Clamp(_filled * (1 + (Restlessness * Spread.Noise(story, Drifting, Own + 1))), 0, 1);

    private int Own => (seed * 1_000_003) + (number * 7_919);
}
