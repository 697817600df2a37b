using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Spool;

/// <summary>Frames given up that the server has not heard of yet.</summary>
internal sealed class PendingDrop(Guid epoch, DroppedRange range, bool isFixed)
{
    public Guid Epoch { get; } = epoch;

    public DroppedRange Range { get; set; } = range;

    /// <summary>The server may know the range already, so it must stay as it is: a longer one would be counted as another.</summary>
    public bool IsFixed { get; set; } = isFixed;
}
