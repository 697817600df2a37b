namespace Headroom.Storage.Model;

/// <summary>One line that a piece of work wrote about itself.</summary>
public sealed class WorkLogRow
{
    public Guid WorkId { get; init; }

    public long Line { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Text { get; init; }
}
