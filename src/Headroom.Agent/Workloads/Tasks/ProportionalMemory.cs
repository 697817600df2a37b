using System.Buffers.Text;
using System.Diagnostics;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>
/// Memory of a group of processes as the sum of their proportional set sizes, in which a page that n processes share counts 1/n
/// for each: the plain sum would count the shared memory of a database once per connection. The kernel walks page tables for it, so
/// it is read every ten ticks, of large processes less often, and holds in between.
/// </summary>
internal sealed class ProportionalMemory(KernelFiles files, WorkloadMembers members)
{
    private const int FewestTicksBetweenReads = 10;
    private const int MostTicksBetweenReads = 60;
    private const double SecondsPerTick = 0.0003;
    private const int MostProcesses = 64;

    private int _ticksUntilRead;
    private (ulong UsageBytes, ulong SwapBytes)? _known;

    public void Read(Entity entity)
    {
        if (_ticksUntilRead-- <= 0)
        {
            var started = Stopwatch.GetTimestamp();
            _known = members.Pids.Count <= MostProcesses ? Sum() : null;
            var ticks = Stopwatch.GetElapsedTime(started).TotalSeconds / SecondsPerTick;
            _ticksUntilRead = (int)Math.Clamp(ticks, FewestTicksBetweenReads, MostTicksBetweenReads) - 1;
        }

        if (_known is { } known)
        {
            entity.Set(MemoryMetrics.Usage, known.UsageBytes);
            entity.Set(MemoryMetrics.Swap, known.SwapBytes);
        }
    }

    private (ulong, ulong)? Sum()
    {
        ulong usage = 0, swap = 0;
        var any = false;
        foreach (var pid in members.Pids)
        {
            if (files.TryReadOnce($"/proc/{pid}/smaps_rollup", out var content) && Kibibytes(content, "\nPss:"u8) is { } pss)
            {
                any = true;
                usage += pss * 1024;
                swap += (Kibibytes(content, "\nSwapPss:"u8) ?? 0) * 1024;
            }
        }

        return any ? (usage, swap) : null;
    }

    private static ulong? Kibibytes(ReadOnlySpan<byte> content, ReadOnlySpan<byte> key)
    {
        var at = content.IndexOf(key);
        return at >= 0 && Utf8Parser.TryParse(content[(at + key.Length)..].TrimStart((byte)' '), out ulong value, out _) ? value : null;
    }
}
