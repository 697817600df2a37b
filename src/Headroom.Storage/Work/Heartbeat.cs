namespace Headroom.Storage.Work;

/// <summary>What a worker learns when it says that it lives.</summary>
public enum Heartbeat
{
    /// <summary>Go on.</summary>
    Held,

    /// <summary>Somebody asked the work to stop.</summary>
    CancelRequested,

    /// <summary>Another worker holds the work now, or it has ended: stop, and publish nothing.</summary>
    Lost,
}
