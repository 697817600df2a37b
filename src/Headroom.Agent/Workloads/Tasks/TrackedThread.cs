using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>
/// One thread, through open files of <c>/proc/PID/task/TID</c>. An open file stays bound to its thread, so a thread id that is
/// given to another thread is never mistaken: the read fails.
/// </summary>
internal sealed class TrackedThread(KernelFiles files, int pid, int tid, bool isVirtualCpu, bool readsBlockDelay) : IDisposable
{
    private readonly KernelFile _schedule = files.File($"/proc/{pid}/task/{tid}/schedstat");
    private readonly KernelFile _status = files.File($"/proc/{pid}/task/{tid}/status");
    private readonly KernelFile? _stat = readsBlockDelay ? files.File($"/proc/{pid}/task/{tid}/stat") : null;
    private Growth _wait;
    private Growth _voluntary;
    private Growth _involuntary;
    private Growth _blockDelay;
    private ulong? _slices;

    /// <summary>Number of the listing that saw it last.</summary>
    public long SeenAtListing { get; set; }

    /// <summary>Adds its growth since the last reading; false when the thread has gone.</summary>
    public bool Read(ThreadSums sums)
    {
        if (!_schedule.TryRead(out var content))
        {
            return false;
        }

        // "on-CPU ns, waiting ns, time slices".
        var fields = new Fields(content);
        if (!fields.Skip(1) || !fields.TryReadUnsigned(out var waitNanoseconds) || !fields.TryReadUnsigned(out var slices))
        {
            return true;
        }

        sums.AddWait(_wait.Take(waitNanoseconds), isVirtualCpu);

        // A thread that got no time slice since the last reading has switched nowhere: the longer file need not be read.
        if (slices != _slices)
        {
            _slices = slices;
            ReadSwitches(sums);
            ReadBlockDelay(sums);
        }

        return true;
    }

    public void Dispose()
    {
        _schedule.Dispose();
        _status.Dispose();
        _stat?.Dispose();
    }

    private void ReadSwitches(ThreadSums sums)
    {
        if (!_status.TryRead(out var content))
        {
            return;
        }

        var voluntary = content.LastIndexOf("\nvoluntary_ctxt_switches:"u8);
        var involuntary = content.LastIndexOf("\nnonvoluntary_ctxt_switches:"u8);
        if (voluntary >= 0 && involuntary >= 0
            && new Fields(content[(voluntary + 25)..]).TryReadUnsigned(out var gaveUp)
            && new Fields(content[(involuntary + 28)..]).TryReadUnsigned(out var putOff))
        {
            sums.VoluntarySwitches += _voluntary.Take(gaveUp);
            sums.InvoluntarySwitches += _involuntary.Take(putOff);
            sums.HasSwitches = true;
        }
    }

    private void ReadBlockDelay(ThreadSums sums)
    {
        if (_stat is not null && _stat.TryRead(out var content) && ProcessStat.TryParse(content, "", out var stat))
        {
            sums.BlockDelayTicks += _blockDelay.Take(stat.BlockDelayTicks);
        }
    }
}
