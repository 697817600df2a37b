using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>One process of a workload without a cgroup, through open files that stay bound to it.</summary>
internal sealed class MemberUsage(KernelFiles files, int pid) : IDisposable
{
    private readonly KernelFile _stat = files.File($"/proc/{pid}/stat");
    private readonly KernelFile _pages = files.File($"/proc/{pid}/statm");
    private readonly KernelFile _io = files.File($"/proc/{pid}/io");

    public Growth UserTicks;
    public Growth SystemTicks;
    public Growth MinorFaults;
    public Growth MajorFaults;
    public Growth ReadBytes;
    public Growth WriteBytes;

    public bool TryReadStat(out ProcessStat stat)
    {
        stat = default;
        return _stat.TryRead(out var content) && ProcessStat.TryParse(content, "", out stat);
    }

    /// <summary>Resident pages less those shared with files or others: field 2 less field 3 of <c>statm</c>.</summary>
    public bool TryReadPrivatePages(out long pages)
    {
        pages = 0;
        if (!_pages.TryRead(out var content))
        {
            return false;
        }

        var fields = new Fields(content);
        if (!fields.Skip(1) || !fields.TryReadSigned(out var resident) || !fields.TryReadSigned(out var shared))
        {
            return false;
        }

        pages = Math.Max(0, resident - shared);
        return true;
    }

    /// <summary>Bytes that went to and came from block devices.</summary>
    public bool TryReadDisk(out ulong readBytes, out ulong writeBytes)
    {
        readBytes = writeBytes = 0;
        if (!_io.TryRead(out var content))
        {
            return false;
        }

        var read = content.IndexOf("\nread_bytes: "u8);
        var write = content.IndexOf("\nwrite_bytes: "u8);
        return read >= 0 && write >= 0
            && new Fields(content[(read + 13)..]).TryReadUnsigned(out readBytes)
            && new Fields(content[(write + 14)..]).TryReadUnsigned(out writeBytes);
    }

    public void Dispose()
    {
        _stat.Dispose();
        _pages.Dispose();
        _io.Dispose();
    }
}
