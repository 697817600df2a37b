namespace Headroom.Storage.Model;

/// <summary>What a person wrote onto a time, shown on the charts.</summary>
public sealed class NoteRow
{
    public Guid NoteId { get; init; }

    /// <summary>The host it is about; null when it is about all.</summary>
    public int? HostId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The end of what lasted; null for an instant.</summary>
    public DateTimeOffset? Until { get; init; }

    public required string Text { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string By { get; init; }

    public DateTimeOffset WrittenAt { get; init; }
}
