namespace Headroom.Ingestion.Enrolling;

/// <summary>A token, as it is listed; the token itself is not stored.</summary>
/// <param name="UsesLeft">How many agents it may still enrol.</param>
/// <param name="UsedAt">When it was used last, null before.</param>
/// <param name="UsedByAgentId">The last agent it enrolled.</param>
public sealed record ListedToken(string Note, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int UsesLeft, DateTimeOffset? UsedAt, Guid? UsedByAgentId);

/// <summary>An enrolled agent, as it is listed.</summary>
/// <param name="Source">What sends: <c>headroom-agent</c>, or an outside source.</param>
/// <param name="LastFrameAt">Time of its newest frame, null before the first.</param>
/// <param name="LastHeardAt">When its newest batch was stored, null before the first.</param>
/// <param name="DroppedFrames">Frames that it dropped, or that were refused, within <see cref="DropWindow"/>.</param>
/// <param name="HasKey">Whether it has a key of its own; outside sources come in by an ingest key.</param>
/// <param name="RotationWantedAt">When it was asked to fetch a new key, null when it need not.</param>
public sealed record ListedAgent(
    Guid AgentId,
    int HostId,
    string HostName,
    string Source,
    string? Version,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? LastFrameAt,
    DateTimeOffset? LastHeardAt,
    long DroppedFrames,
    bool HasKey,
    DateTimeOffset? RotationWantedAt,
    DateTimeOffset? RevokedAt)
{
    /// <summary>How far back drops are counted: a day.</summary>
    public static TimeSpan DropWindow { get; } = TimeSpan.FromDays(1);

    /// <summary>How old its newest frame was when it was stored: the delay on the way, and a spool that is catching up.</summary>
    public TimeSpan? Lag => LastHeardAt - LastFrameAt;
}

/// <summary>The key of an outside sender, as it is listed.</summary>
public sealed record ListedIngestKey(Guid KeyId, string Name, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>A key of an outside sender, shown once.</summary>
/// <param name="KeyId">Its id: the user name where basic authentication is used.</param>
/// <param name="Key">The secret: the password there.</param>
public sealed record NewIngestKey(Guid KeyId, string Key)
{
    /// <summary>What stands behind <c>Bearer</c>.</summary>
    public string BearerToken => $"{KeyId:D}.{Key}";
}
