using System.Globalization;

namespace Headroom.MemoryPlacement.Live;

/// <summary>
/// Advice on one workload. Idle memory costs nothing to move. Of the working set the share f, coldest first, costs at worst
/// m f (r - 1): m the share of time it waits for memory, r the latency of the slower tier over DRAM's; at worst means that what moved is touched as
/// often as the rest. The budget decides f.
/// </summary>
internal static class WorkloadMemoryAdvisor
{
    /// <summary>Where no counter tells how long it waits for memory: half the time is expected, all the time is possible.</summary>
    private const double AssumedBound = 0.5;

    private const double Gibibyte = 1L << 30;
    private const double LeastBytes = 1 << 20;

    /// <param name="room">Room left in the slower tier, bytes; null without limit.</param>
    public static WorkloadMemoryAdvice Advise(WorkloadMemoryPast past, HostMemoryPast host, LiveMemorySettings settings, double? room)
    {
        var resident = (double?)past.Resident.LastOrDefault(value => value is not null);
        var seconds = past.Known * host.WindowSeconds;
        if (seconds < settings.LeastSeconds || past.Resident.Low() is not { } always)
        {
            return Unknown(past, resident, seconds, settings);
        }

        var idle = IdleMemory.Of(past, host.IdleAnonymousShare, settings.HorizonSeconds);
        var (expected, worst) = (past.MemoryBound.Mean() ?? AssumedBound, past.MemoryBound.High() ?? 1);
        var pressure = past.PressureFull.High() ?? 0;
        var isPressed = pressure > settings.PressureLimit;
        var allowed = Math.Min(1, settings.SlowdownBudget / Math.Max(1e-9, worst * (host.Tier.LatencyRatioUpper - 1)));
        var warm = Math.Max(0, always - (idle.AnonymousBytes ?? 0));
        var wanted = isPressed ? 0 : idle.Bytes + (allowed * warm);
        var moved = Math.Min(wanted, room ?? double.PositiveInfinity);
        var share = warm > 0 ? Math.Clamp((moved - idle.Bytes) / warm, 0, allowed) : 0;
        var (constraint, why) = Binding(moved, wanted, isPressed, pressure, allowed, host, settings);
        return new WorkloadMemoryAdvice(
            past.Key, past.Name, resident, idle.Bytes, moved,
            expected * share / 2 * (host.Tier.LatencyRatio - 1), 0, worst * share * (host.Tier.LatencyRatioUpper - 1),
            constraint, why, [.. Reasons(past, host, idle, share, expected, worst, settings)], [.. WouldChange(past, host, idle)],
            IdleReplay.Run(past, host, settings));
    }

    private static WorkloadMemoryAdvice Unknown(WorkloadMemoryPast past, double? resident, double seconds, LiveMemorySettings settings)
    {
        var why = Text($"Too little is known: {seconds / 60:0} min of telemetry of its memory, {settings.LeastSeconds / 60:0} min are needed.");
        return new WorkloadMemoryAdvice(past.Key, past.Name, resident, null, null, null, null, null, MemoryConstraints.History, why, [], ["More telemetry."], null);
    }

    private static (string Constraint, string Why) Binding(
        double moved, double wanted, bool isPressed, double pressure, double allowed, HostMemoryPast host, LiveMemorySettings settings) => (moved, isPressed) switch
    {
        (_, true) => (MemoryConstraints.Pressure, Text($"All its tasks wait for memory {pressure:P1} of the time (95th percentile, limit {settings.PressureLimit:P0}): nothing is moved.")),
        ( < LeastBytes, _) => (MemoryConstraints.NothingIdle, "Next to none of its memory is idle."),
        _ when moved < wanted => (MemoryConstraints.Room, Text($"{host.Tier.Name} has no more room; {(wanted - moved) / Gibibyte:0.00} GiB more would be within the budget.")),
        _ when allowed >= 1 => (MemoryConstraints.None, "All of it may move: it hardly waits for memory."),
        _ => (MemoryConstraints.Slowdown, Text($"More than {allowed:P1} of the working set in {host.Tier.Name} could slow it down by more than {settings.SlowdownBudget:P0}.")),
    };

    private static IEnumerable<string> Reasons(
        WorkloadMemoryPast past, HostMemoryPast host, IdleMemory idle, double share, double expected, double worst, LiveMemorySettings settings)
    {
        yield return idle.FileBytes is { } file
            ? Text($"The kernel holds {file / Gibibyte:0.00} GiB of its file cache for inactive in 95 % of windows.")
            : "The kernel does not tell which of its file pages are idle: it is a group of processes without a cgroup of its own.";
        yield return idle.AnonymousBytes is { } anonymous
            ? Text($"Of its anonymous pages {anonymous / Gibibyte:0.00} GiB count as idle, the host's inactive share of {host.IdleAnonymousShare:P0}.")
            : "Nothing tells which of its anonymous pages are idle: reclaim never ran on this host, so the kernel's lists are unsorted.";
        if (idle.ReturningBytes > 0)
        {
            yield return Text($"Refaults bring back {idle.ReturningBytes / Gibibyte:0.00} GiB in {settings.HorizonSeconds / 60:0} min; that much does not count as idle.");
        }

        if (past.PressureFull.High() is { } pressure)
        {
            yield return Text($"All its tasks waited for memory at most {pressure:P2} of the time in 95 % of windows.");
        }

        yield return past.MemoryBound.High() is not null
            ? Text($"It waits for loads and stores {expected:P0} of its issue slots, {worst:P0} at the 95th percentile (Top-Down; an upper bound of waiting for DRAM, caches included).")
            : "No processor counter tells how long it waits for memory: half of the time is expected, all of it is possible.";
        yield return Text($"{share:P1} of the working set moves, coldest first: at best none of it is touched, at worst as often as the rest. Latency of {host.Tier.Name} over DRAM: {host.Tier.LatencyRatio:0.00}, at most {host.Tier.LatencyRatioUpper:0.00}.");
    }

    private static IEnumerable<string> WouldChange(WorkloadMemoryPast past, HostMemoryPast host, IdleMemory idle)
    {
        if (past.MemoryBound.High() is null)
        {
            yield return "Top-Down counters (perf events) would replace the assumed share of time it waits for memory.";
        }

        if (idle.AnonymousBytes is null)
        {
            yield return "Once reclaim runs (little free memory, or memory.reclaim of its cgroup), the kernel tells which anonymous pages are idle.";
        }

        if (!host.Tier.IsPresent)
        {
            yield return "A host with a CXL node of its own would bring measured room and, from its firmware, latencies.";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
