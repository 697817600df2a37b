namespace Headroom.Telemetry.Wire;

/// <summary>How much one batch may ask of whoever decodes it. A batch beyond a limit is refused before memory is taken for it.</summary>
public sealed record FrameBatchLimits
{
    /// <summary>The defaults below.</summary>
    public static FrameBatchLimits Default { get; } = new();

    /// <summary>Frames in a batch: 3,600 (an hour at 1 Hz) by default.</summary>
    public int MaxFrames { get; set; } = 3_600;

    /// <summary>Entities in a batch: 20,000 by default.</summary>
    public int MaxEntities { get; set; } = 20_000;

    /// <summary>Metrics of one entity: 4,096 by default.</summary>
    public int MaxMetrics { get; set; } = 4_096;

    /// <summary>Rows (entities times the frames they are in): 500,000 by default.</summary>
    public int MaxRows { get; set; } = 500_000;

    /// <summary>Places for values (entities times frames times metrics, missing ones too): 8,388,608 by default, 32 MiB.</summary>
    public int MaxValues { get; set; } = 8 * 1024 * 1024;

    /// <summary>Ranges of dropped frames in a batch: 10,000 by default.</summary>
    public int MaxDrops { get; set; } = 10_000;

    /// <summary>UTF-8 bytes of one text (key, name, attribute, reason): 4,096 by default.</summary>
    public int MaxTextBytes { get; set; } = 4_096;

    /// <summary>Attributes of one entity: 64 by default.</summary>
    public int MaxAttributes { get; set; } = 64;

    /// <summary>Bytes of the body after decompression: 32 MiB by default.</summary>
    public int MaxBodyBytes { get; set; } = 32 * 1024 * 1024;
}
