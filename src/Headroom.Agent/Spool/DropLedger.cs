using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Spool;

/// <summary>
/// Every drop until the server has acknowledged it. Neighbours of one reason become one range as long as they were not sent;
/// beyond a bound the oldest ranges are merged, so that the ledger stays small and no count is lost.
/// </summary>
internal sealed class DropLedger(IEnumerable<PendingDrop> drops)
{
    /// <summary>Ranges kept apart.</summary>
    public const int MaxRanges = 400;

    private readonly List<PendingDrop> _drops = [.. drops];

    public IReadOnlyList<PendingDrop> Drops => _drops;

    public void Add(Guid epoch, DroppedRange range)
    {
        var last = _drops.LastOrDefault(drop => drop.Epoch == epoch);
        if (last is { IsFixed: false } && last.Range.Reason == range.Reason && last.Range.LastSequence + 1 == range.FirstSequence)
        {
            last.Range = Union(last.Range, range);
            return;
        }

        _drops.Add(new PendingDrop(epoch, range, isFixed: false));
        if (_drops.Count > MaxRanges)
        {
            MergeOldest();
        }
    }

    public void Remove(IEnumerable<PendingDrop> acknowledged)
    {
        foreach (var drop in acknowledged)
        {
            _drops.Remove(drop);
        }
    }

    private void MergeOldest()
    {
        for (var index = 0; index + 1 < _drops.Count; index++)
        {
            if (!_drops[index].IsFixed && !_drops[index + 1].IsFixed && _drops[index].Epoch == _drops[index + 1].Epoch)
            {
                _drops[index].Range = Union(_drops[index].Range, _drops[index + 1].Range);
                _drops.RemoveAt(index + 1);
                return;
            }
        }
    }

    private static DroppedRange Union(DroppedRange one, DroppedRange other) => new(
        Math.Min(one.FirstSequence, other.FirstSequence),
        Math.Max(one.LastSequence, other.LastSequence),
        one.From < other.From ? one.From : other.From,
        one.To > other.To ? one.To : other.To,
        one.FrameCount + other.FrameCount,
        one.FrameCount >= other.FrameCount ? one.Reason : other.Reason);
}
