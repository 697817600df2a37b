namespace Headroom.Storage.Model;

/// <summary>One change that somebody made, or was refused.</summary>
public sealed class AuditRow
{
    public long AuditId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who: a person's address, with the key's name where a key was used.</summary>
    public required string Actor { get; init; }

    /// <summary>What, by its stable name, for example <c>CancelJob</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On which object: an address of the API, or words.</summary>
    public required string Subject { get; init; }

    /// <summary>Network address that the request came from, null where it is not known.</summary>
    public string? FromAddress { get; init; }

    /// <summary>How it ended: <c>done</c>, <c>refused</c> or <c>failed</c>, with the status or the reason.</summary>
    public required string Outcome { get; init; }
}
