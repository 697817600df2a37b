namespace Headroom.Storage.Model;

/// <summary>Where a piece of work is in its life.</summary>
public enum WorkState
{
    Queued = 0,
    Running = 1,
    Succeeded = 2,
    Failed = 3,
    Cancelled = 4,
}
