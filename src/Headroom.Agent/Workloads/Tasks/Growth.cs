namespace Headroom.Agent.Workloads.Tasks;

/// <summary>The growth of one thread's or process's counter. The first reading and a step back count for nothing.</summary>
internal struct Growth
{
    private ulong _before;
    private bool _known;

    /// <summary>How much the counter grew since the last reading.</summary>
    public ulong Take(ulong value)
    {
        var growth = _known && value >= _before ? value - _before : 0;
        (_before, _known) = (value, true);
        return growth;
    }
}
