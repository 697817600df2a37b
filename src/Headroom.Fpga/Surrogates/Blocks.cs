namespace Headroom.Fpga.Surrogates;

/// <summary>Works through many rows in blocks, side by side where there is more than one.</summary>
internal static class Blocks
{
    private const int Size = 256;

    /// <param name="work">Gets the first row of a block and the one behind its last.</param>
    public static void Run(int count, Action<int, int> work, CancellationToken cancellationToken)
    {
        if (count <= Size)
        {
            work(0, count);
            return;
        }

        Parallel.For(0, (count + Size - 1) / Size, new ParallelOptions { CancellationToken = cancellationToken }, block => work(block * Size, Math.Min(count, (block + 1) * Size)));
    }
}
