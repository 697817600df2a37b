using Headroom.Ingestion.Enrolling;

namespace Headroom.Web.Api.Agents;

/// <summary>Something that sends telemetry about one host.</summary>
/// <param name="State"><c>waiting</c> before its first frame, <c>live</c>, <c>silent</c> or <c>revoked</c>.</param>
/// <param name="LagSeconds">How old its newest frame was when it was stored.</param>
/// <param name="DroppedFramesLastDay">Frames that it dropped, or that were refused.</param>
/// <param name="CanRotate">Whether it has a key of its own that can be renewed.</param>
internal sealed record AgentAnswer(
    Guid Id,
    int HostId,
    string Host,
    string Source,
    string? Version,
    string State,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? LastFrameAt,
    double? LagSeconds,
    long DroppedFramesLastDay,
    bool CanRotate,
    DateTimeOffset? RotationWantedAt,
    DateTimeOffset? RevokedAt)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    public static AgentAnswer Of(ListedAgent agent, DateTimeOffset now) => new(
        agent.AgentId,
        agent.HostId,
        agent.HostName,
        agent.Source,
        agent.Version,
        StateOf(agent, now),
        agent.EnrolledAt,
        agent.LastFrameAt,
        agent.Lag?.TotalSeconds,
        agent.DroppedFrames,
        agent.HasKey && agent.RevokedAt is null,
        agent.RotationWantedAt,
        agent.RevokedAt);

    private static string StateOf(ListedAgent agent, DateTimeOffset now) => agent switch
    {
        { RevokedAt: not null } => "revoked",
        { LastHeardAt: null } => "waiting",
        { LastHeardAt: { } heard } => now - heard > SilentAfter ? "silent" : "live",
    };
}

/// <summary>What a token is for, and how long it can be used.</summary>
/// <param name="Note">For people: which machine it is meant for.</param>
/// <param name="Minutes">Minutes until it expires, at most a week. Default 60.</param>
/// <param name="Uses">How many agents it may enrol. Default 1.</param>
internal sealed record TokenRequest(string Note, int Minutes = 60, int Uses = 1);

/// <summary>A token. It is in this answer and nowhere else: the server keeps a hash.</summary>
internal sealed record TokenAnswer(string Token, DateTimeOffset ExpiresAt, string Command);

/// <summary>What an ingest key is for.</summary>
/// <param name="Name">For people: which collector sends with it.</param>
internal sealed record IngestKeyRequest(string Name);

/// <summary>The key of an outside sender. It is in this answer and nowhere else: the server keeps a hash.</summary>
internal sealed record IngestKeyAnswer(Guid Id, string BearerToken);
