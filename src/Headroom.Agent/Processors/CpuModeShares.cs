using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Which share of a CPU's time went where. A mode that went backwards, as iowait may, is missing; the others share what is left.</summary>
internal sealed class CpuModeShares(EntityRegistry entities, EntityKind kind)
{
    /// <summary>Columns of <c>/proc/stat</c> after the CPU's name; guest times are contained in user and nice.</summary>
    public const int ColumnCount = 10;

    private const int User = 0;
    private const int Nice = 1;
    private const int Idle = 3;
    private const int IoWait = 4;
    private const int Guest = 8;
    private const int GuestNice = 9;

    private readonly int _busy = entities.Metric(kind, "system.cpu.utilization");
    private readonly int[] _modes =
    [
        .. new[] { "user", "nice", "system", "idle", "iowait", "interrupt", "softirq", "steal", "guest", "guest_nice" }
            .Select(mode => entities.Metric(kind, $"system.cpu.utilization.{mode}")),
    ];

    /// <summary>Takes a reading and sets the shares.</summary>
    /// <param name="entity">Whose they are.</param>
    /// <param name="counters">The remembered readings, one per column.</param>
    /// <param name="times">The columns that the line had, in ticks of the kernel's clock.</param>
    /// <returns>Share of time that was neither idle nor waiting for I/O, or null when it is not known.</returns>
    public double? Set(Entity entity, Span<Counter> counters, ReadOnlySpan<ulong> times, long nanoseconds)
    {
        Span<double> spent = stackalloc double[ColumnCount];
        spent.Fill(double.NaN);
        for (var i = 0; i < times.Length; i++)
        {
            spent[i] = counters[i].Increase(times[i], nanoseconds) ?? double.NaN;
        }

        TakeOff(spent, User, Guest);
        TakeOff(spent, Nice, GuestNice);
        var whole = 0.0;
        foreach (var ticks in spent)
        {
            whole += double.IsNaN(ticks) ? 0 : ticks;
        }

        if (whole <= 0)
        {
            return null;
        }

        for (var i = 0; i < ColumnCount; i++)
        {
            entity.Set(_modes[i], spent[i] / whole);
        }

        var busy = Math.Clamp(1 - ((spent[Idle] + spent[IoWait]) / whole), 0, 1);
        entity.Set(_busy, busy);
        return double.IsNaN(busy) ? null : busy;
    }

    /// <summary>The kernel adds guest time to user time a moment before it adds it to guest time: the rest may be short of 0 by a tick.</summary>
    private static void TakeOff(Span<double> spent, int whole, int part)
    {
        if (!double.IsNaN(spent[part]))
        {
            spent[whole] = Math.Max(0, spent[whole] - spent[part]);
        }
    }
}
