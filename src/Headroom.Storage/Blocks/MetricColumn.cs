namespace Headroom.Storage.Blocks;

/// <summary>The values of one metric in order of time: which are there, and their values.</summary>
/// <param name="Present">One per row.</param>
/// <param name="Values">One per row; no meaning where not present.</param>
internal sealed record MetricColumn(bool[] Present, float[] Values)
{
    public int PresentCount => Present.AsSpan().Count(true);

    public MetricColumn(int rows)
        : this(new bool[rows], new float[rows])
    {
    }
}
