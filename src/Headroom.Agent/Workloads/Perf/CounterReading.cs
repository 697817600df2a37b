namespace Headroom.Agent.Workloads.Perf;

/// <summary>
/// A counter between two readings. When there are more events than counters the kernel lets them take turns; the growth is then
/// scaled by the time enabled over the time running. If it ran too little, there is no telling. A counter starts at 0 when it is opened.
/// </summary>
internal struct CounterReading
{
    private ulong _count;
    private ulong _enabled;
    private ulong _running;

    /// <summary>Takes a reading and returns the scaled growth since the last.</summary>
    /// <param name="count">Raw count.</param>
    /// <param name="enabled">Nanoseconds in which it was to count.</param>
    /// <param name="running">Nanoseconds in which it did count.</param>
    /// <param name="minRunningRatio">Least running over enabled for which scaling is trusted.</param>
    /// <returns>Null after a step back, or when it ran too little.</returns>
    public double? Take(ulong count, ulong enabled, ulong running, double minRunningRatio)
    {
        var usable = count >= _count && enabled >= _enabled && running >= _running;
        double growth = usable ? count - _count : 0;
        double enabledGrowth = usable ? enabled - _enabled : 0;
        double runningGrowth = usable ? running - _running : 0;
        (_count, _enabled, _running) = (count, enabled, running);
        if (!usable)
        {
            return null;
        }

        // Not enabled at all: the workload did not run here, and nothing was to be counted.
        if (enabledGrowth == 0)
        {
            return growth;
        }

        return runningGrowth > 0 && runningGrowth >= minRunningRatio * enabledGrowth ? growth * (enabledGrowth / runningGrowth) : null;
    }
}
