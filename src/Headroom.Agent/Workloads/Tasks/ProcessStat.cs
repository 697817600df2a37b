using System.Text;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>The fields of <c>/proc/PID/stat</c> that the agent needs; proc_pid_stat(5) numbers them.</summary>
/// <param name="Command">Field 2, up to 15 bytes; may itself hold spaces and brackets.</param>
/// <param name="ParentPid">Field 4.</param>
/// <param name="SessionId">Field 6: process id of the leader of its session, who may be gone.</param>
/// <param name="IsKernelThread">Flag PF_KTHREAD of field 9.</param>
/// <param name="MinorFaults">Field 10.</param>
/// <param name="MajorFaults">Field 12.</param>
/// <param name="UserTicks">Field 14, in 1/100 s.</param>
/// <param name="SystemTicks">Field 15, in 1/100 s.</param>
/// <param name="ThreadCount">Field 20.</param>
/// <param name="StartTicks">Field 22: with the process id it names one process for ever.</param>
/// <param name="BlockDelayTicks">Field 42, in 1/100 s; 0 unless delay accounting is on.</param>
internal readonly record struct ProcessStat(
    string Command,
    int ParentPid,
    int SessionId,
    bool IsKernelThread,
    ulong MinorFaults,
    ulong MajorFaults,
    ulong UserTicks,
    ulong SystemTicks,
    int ThreadCount,
    ulong StartTicks,
    ulong BlockDelayTicks)
{
    /// <summary>Ticks per second of all times in procfs: USER_HZ, 100 on every platform that .NET runs on.</summary>
    public const double TicksPerSecond = 100;

    private const ulong KernelThreadFlag = 0x0020_0000;

    /// <param name="content">The file.</param>
    /// <param name="knownCommand">Returned as the command, without another allocation, when the file still says so.</param>
    public static bool TryParse(ReadOnlySpan<byte> content, string? knownCommand, out ProcessStat stat)
    {
        stat = default;
        var open = content.IndexOf((byte)'(');
        var close = content.LastIndexOf((byte)')');
        if (open < 0 || close < open)
        {
            return false;
        }

        var fields = new Fields(content[(close + 1)..]);
        if (!fields.Skip(1) || !fields.TryReadSigned(out var parent) || !fields.Skip(1) || !fields.TryReadSigned(out var session) || !fields.Skip(2) || !fields.TryReadUnsigned(out var flags)
            || !fields.TryReadUnsigned(out var minor) || !fields.Skip(1) || !fields.TryReadUnsigned(out var major) || !fields.Skip(1)
            || !fields.TryReadUnsigned(out var user) || !fields.TryReadUnsigned(out var system) || !fields.Skip(4)
            || !fields.TryReadSigned(out var threads) || !fields.Skip(1) || !fields.TryReadUnsigned(out var start))
        {
            return false;
        }

        var blockDelay = fields.Skip(19) && fields.TryReadUnsigned(out var delay) ? delay : 0;
        var name = content[(open + 1)..close];
        var command = knownCommand is not null && Matches(name, knownCommand) ? knownCommand : Encoding.UTF8.GetString(name);
        stat = new ProcessStat(command, (int)parent, (int)session, (flags & KernelThreadFlag) != 0, minor, major, user, system, (int)threads, start, blockDelay);
        return true;
    }

    private static bool Matches(ReadOnlySpan<byte> utf8, string text)
    {
        Span<char> decoded = stackalloc char[64];
        return utf8.Length <= decoded.Length && Encoding.UTF8.TryGetChars(utf8, decoded, out var count) && decoded[..count].SequenceEqual(text);
    }
}
