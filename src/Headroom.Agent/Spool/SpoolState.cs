using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Agent.Spool;

/// <summary>What the spool must not forget beside the frames themselves.</summary>
/// <param name="Epoch">Epoch of the sequences that are being given.</param>
/// <param name="BootId">Boot of the machine in which the spool was last open: after another one, unflushed frames are gone.</param>
/// <param name="ReservedSequence">No sequence from this one on was ever given.</param>
/// <param name="Cursor">How far the spool is done with.</param>
/// <param name="Drops">Drops that the server has not acknowledged.</param>
internal sealed record SpoolState(Guid Epoch, Guid BootId, long ReservedSequence, SpoolCursor Cursor, IReadOnlyList<PendingDrop> Drops)
{
    public void Write(WireWriter bytes)
    {
        bytes.Id(Epoch);
        bytes.Id(BootId);
        bytes.Int64(ReservedSequence);
        bytes.Int64(Cursor.Ordinal);
        bytes.Int64(Cursor.Sequence);
        bytes.Count(Drops.Count);
        foreach (var drop in Drops)
        {
            bytes.Id(drop.Epoch);
            bytes.Signed(drop.Range.FirstSequence);
            bytes.Signed(drop.Range.LastSequence);
            bytes.Signed(drop.Range.From.ToUnixTimeMilliseconds());
            bytes.Signed(drop.Range.To.ToUnixTimeMilliseconds());
            bytes.Signed(drop.Range.FrameCount);
            bytes.Text(drop.Range.Reason);
        }
    }

    public static SpoolState Read(ref WireReader bytes)
    {
        var epoch = bytes.Id("epoch");
        var boot = bytes.Id("boot id");
        var reserved = bytes.Int64("reserved sequence");
        var cursor = new SpoolCursor(bytes.Int64("segment"), bytes.Int64("sequence"));
        var drops = new PendingDrop[bytes.Count(int.MaxValue, "drops")];
        for (var index = 0; index < drops.Length; index++)
        {
            var dropEpoch = bytes.Id("epoch");
            var range = new DroppedRange(
                bytes.Signed("first sequence"),
                bytes.Signed("last sequence"),
                bytes.Time(bytes.Signed("start"), "a start"),
                bytes.Time(bytes.Signed("end"), "an end"),
                bytes.Signed("frames"),
                bytes.Text(256, "reason"));
            drops[index] = new PendingDrop(dropEpoch, range, isFixed: true);
        }

        return new SpoolState(epoch, boot, reserved, cursor, drops);
    }
}
