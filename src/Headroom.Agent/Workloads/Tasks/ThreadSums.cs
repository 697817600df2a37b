namespace Headroom.Agent.Workloads.Tasks;

/// <summary>
/// What the threads of a workload add up to since it is watched. Only growth is added, so threads that come and go never make a
/// sum fall.
/// </summary>
internal sealed class ThreadSums
{
    private ulong _mostVirtualCpuWait;

    public ulong WaitNanoseconds { get; private set; }

    public ulong VirtualCpuWaitNanoseconds { get; private set; }

    /// <summary>Sum over ticks of the wait of the virtual CPU that waited most in that tick.</summary>
    public ulong WorstVirtualCpuWaitNanoseconds { get; private set; }

    public ulong VoluntarySwitches { get; set; }

    public ulong InvoluntarySwitches { get; set; }

    public ulong BlockDelayTicks { get; set; }

    /// <summary>Whether any thread told its switches.</summary>
    public bool HasSwitches { get; set; }

    public void AddWait(ulong nanoseconds, bool isVirtualCpu)
    {
        WaitNanoseconds += nanoseconds;
        if (isVirtualCpu)
        {
            VirtualCpuWaitNanoseconds += nanoseconds;
            _mostVirtualCpuWait = Math.Max(_mostVirtualCpuWait, nanoseconds);
        }
    }

    /// <summary>Ends a reading of all threads.</summary>
    public void EndReading()
    {
        WorstVirtualCpuWaitNanoseconds += _mostVirtualCpuWait;
        _mostVirtualCpuWait = 0;
    }
}
