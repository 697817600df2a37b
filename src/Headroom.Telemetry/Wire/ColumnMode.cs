namespace Headroom.Telemetry.Wire;

/// <summary>How one metric of one entity is written over the frames of a batch. The numbers are on the wire: never renumber.</summary>
internal enum ColumnMode : byte
{
    /// <summary>Missing in every frame: no values.</summary>
    Absent = 0,

    /// <summary>The same bits in every frame: one value.</summary>
    Constant = 1,

    /// <summary>There in every frame: one value per frame, each XOR the one before.</summary>
    Varying = 2,

    /// <summary>There in some frames: a bitmap of the frames, one value for each bit that is set.</summary>
    Mixed = 3,
}
