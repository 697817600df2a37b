using System.Text.Json.Serialization;

namespace Headroom.Telemetry.Wire;

/// <summary>Paths and header names that agent and server agree on.</summary>
public static class IngestContract
{
    /// <summary><c>POST</c> an encoded batch, answered by <see cref="IngestResponse"/>.</summary>
    public const string FramesPath = "/ingest/v1/frames";

    /// <summary><c>POST</c> an <see cref="EnrolRequest"/>, answered by <see cref="EnrolResponse"/>. Needs no key: the token is the proof.</summary>
    public const string EnrolPath = "/ingest/v1/enrol";

    /// <summary>
    /// <c>POST</c> with the present key and no body, answered by <see cref="EnrolResponse"/> with the same agent id and a new key. The old key
    /// stays good until the new one has been used, or for the server's grace period.
    /// </summary>
    public const string RotatePath = "/ingest/v1/rotate";

    /// <summary>Scheme of the <c>Authorization</c> header; the parameter is <c>agentId.key</c>.</summary>
    public const string AuthenticationScheme = "Bearer";

    /// <summary>Response header with which the server asks an agent to rotate its key; its value is <c>wanted</c>.</summary>
    public const string RotateHeader = "Headroom-Key-Rotation";

    /// <summary>Value of <see cref="RotateHeader"/>.</summary>
    public const string RotateWanted = "wanted";

    /// <summary>Parameter of the <c>Authorization</c> header.</summary>
    public static string Credentials(Guid agentId, string key) => $"{agentId:D}.{key}";
}

/// <summary>A machine asks to become an agent.</summary>
/// <param name="Token">Single-use token that an administrator made.</param>
/// <param name="Hostname">Name of the host for people.</param>
/// <param name="MachineId">Stable id of the machine (<c>/etc/machine-id</c>), by which a host that enrols again is known.</param>
/// <param name="AgentVersion">Version of the agent program.</param>
/// <param name="CatalogueVersion">Catalogue version that the agent will write.</param>
public sealed record EnrolRequest(string Token, string Hostname, string? MachineId, string AgentVersion, int CatalogueVersion);

/// <summary>The key of one agent; shown once, kept hashed by the server.</summary>
public sealed record EnrolResponse(Guid AgentId, string Key);

/// <summary>What became of a batch. Sent after the commit, never before.</summary>
/// <param name="AcknowledgedSequence">Every sequence of the epoch up to and including this one is stored, dropped or rejected: the agent may forget it. -1 before the first.</param>
/// <param name="StoredFrames">Frames that were new.</param>
/// <param name="DuplicateFrames">Frames that had been stored before.</param>
/// <param name="RejectedFrames">Frames that will never be stored.</param>
/// <param name="Reasons">Why frames were rejected.</param>
public sealed record IngestResponse(
    long AcknowledgedSequence,
    long StoredFrames,
    long DuplicateFrames,
    long RejectedFrames,
    IReadOnlyList<RejectionReason> Reasons);

/// <summary>How many frames were rejected for one reason.</summary>
public sealed record RejectionReason(string Reason, long Count);

/// <summary>JSON of the contracts without reflection, so that the agent can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolResponse))]
[JsonSerializable(typeof(IngestResponse))]
public sealed partial class WireJson : JsonSerializerContext;
