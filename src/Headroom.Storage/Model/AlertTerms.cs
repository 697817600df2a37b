namespace Headroom.Storage.Model;

/// <summary>How the values of a window become one.</summary>
public enum AlertAggregate
{
    Mean = 0,
    Max = 1,
    Min = 2,
}

/// <summary>On which side of the threshold the trouble lies.</summary>
public enum AlertComparison
{
    Above = 0,
    Below = 1,
}

/// <summary>How soon somebody has to look.</summary>
public enum AlertSeverity
{
    Info = 0,
    Warning = 1,
    Critical = 2,
}

/// <summary>Which alerts share one message.</summary>
public enum AlertGrouping
{
    /// <summary>Those of one host.</summary>
    Host = 0,

    /// <summary>Those of one workload, or of whatever single thing a signal is about.</summary>
    Workload = 1,

    /// <summary>All of the fleet.</summary>
    Pool = 2,
}

/// <summary>Where an alert is in its life.</summary>
public enum AlertState
{
    /// <summary>The threshold is passed, but not for long enough.</summary>
    Pending = 0,
    Firing = 1,
    Resolved = 2,
}

/// <summary>What became of a message.</summary>
public enum AlertDeliveryState
{
    Waiting = 0,
    Delivered = 1,

    /// <summary>Given up after the last try.</summary>
    Failed = 2,

    /// <summary>Not sent, since a silence held.</summary>
    Muted = 3,
}
