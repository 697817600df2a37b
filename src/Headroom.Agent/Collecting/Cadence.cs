namespace Headroom.Agent.Collecting;

/// <summary>For what is looked at only now and then: new devices, sizes of filesystems.</summary>
internal sealed class Cadence(double seconds)
{
    private long? _next;

    /// <summary>Whether it is time again; true at the first call.</summary>
    public bool IsDue(CollectionContext context)
    {
        if (context.MonotonicNanoseconds < _next)
        {
            return false;
        }

        _next = context.MonotonicNanoseconds + (long)(seconds * 1e9);
        return true;
    }
}
