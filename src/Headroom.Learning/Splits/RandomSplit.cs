namespace Headroom.Learning.Splits;

/// <summary>Rows drawn without regard to groups. Flatters every model: only for the labelled contrast with a split by group.</summary>
public static class RandomSplit
{
    public static Split HoldOut(int rows, double testShare, int seed)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        var count = Math.Clamp((int)Math.Round(rows * testShare), 1, rows - 1);
        return new Split("random rows (contrast)", [.. order.Skip(count).Order()], [.. order.Take(count).Order()]);
    }
}
