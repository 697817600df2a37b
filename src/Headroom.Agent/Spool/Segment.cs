namespace Headroom.Agent.Spool;

/// <summary>One file of the spool and what is known of it.</summary>
internal sealed class Segment
{
    public required long Ordinal { get; init; }

    public required string Path { get; init; }

    public required Guid Epoch { get; init; }

    public required int CatalogueVersion { get; init; }

    public required SegmentSummary Summary { get; set; }

    /// <summary>Bytes of whole records, with the header.</summary>
    public required long Bytes { get; set; }

    /// <summary>How old the newest frame was when this agent first knew of it; later ages count from there on a clock that no one sets.</summary>
    public required TimeSpan AgeWhenSeen { get; init; }

    /// <summary>Monotonic time at which this agent first knew of the newest frame.</summary>
    public required long SeenAt { get; set; }

    public bool IsSealed { get; set; }

    /// <summary>Whether it was thinned, or would not become smaller by it.</summary>
    public bool IsThinned { get; set; }

    public TimeSpan Age(TimeProvider clock) => AgeWhenSeen + clock.GetElapsedTime(SeenAt);

    /// <summary>Names sort as ordinals do.</summary>
    public static string PathOf(string folder, long ordinal) => System.IO.Path.Combine(folder, $"{ordinal:D12}.seg");
}
