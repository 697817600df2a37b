namespace Headroom.Fpga.Sweeps;

/// <summary>The points no other point beats in both numbers at once (both the smaller the better).</summary>
public static class ParetoFront
{
    /// <summary>Indices into <paramref name="points"/>, ascending in the first number. A point with a missing number is never on the front; of equal points the first is.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<(double? First, double? Second)> points)
    {
        var front = new List<int>();
        var best = double.PositiveInfinity;
        foreach (var index in Enumerable.Range(0, points.Count)
            .Where(index => points[index] is { First: not null, Second: not null })
            .OrderBy(index => points[index].First).ThenBy(index => points[index].Second).ThenBy(index => index))
        {
            if (points[index].Second < best)
            {
                best = points[index].Second!.Value;
                front.Add(index);
            }
        }

        return front;
    }
}
