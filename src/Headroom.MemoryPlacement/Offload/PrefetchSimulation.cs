namespace Headroom.MemoryPlacement.Offload;

/// <summary>One bar of the timeline, seconds from the start.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="Name">What it is.</param>
/// <param name="LoadStart">When its load begins; the same as its end for a resident block.</param>
/// <param name="LoadEnd">When it is there.</param>
/// <param name="ComputeStart">When computing begins.</param>
/// <param name="ComputeEnd">When it is done.</param>
/// <param name="Stall">How long computing waited for this load.</param>
public sealed record BlockTimes(int Block, string Name, double LoadStart, double LoadEnd, double ComputeStart, double ComputeEnd, double Stall);

/// <summary>One block to stream.</summary>
/// <param name="Name">What it is.</param>
/// <param name="LoadSeconds">Load time; 0 for a resident block.</param>
/// <param name="ComputeSeconds">Computing and communication after it.</param>
public sealed record StreamBlock(string Name, double LoadSeconds, double ComputeSeconds);

/// <summary>
/// Exact event simulation of a prefetch pipeline: one loader, one computer, room for a window of blocks. A load begins when the one before it is done and
/// the block a window earlier has been computed; computing begins when the block before is done and this one is loaded.
/// </summary>
public static class PrefetchSimulation
{
    public static IReadOnlyList<BlockTimes> Run(IReadOnlyList<StreamBlock> blocks, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var times = new List<BlockTimes>(blocks.Count);
        double loaderFree = 0, computerFree = 0;
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            var room = index >= window ? times[index - window].ComputeEnd : 0;
            var start = block.LoadSeconds > 0 ? Math.Max(loaderFree, room) : 0;
            var loaded = start + block.LoadSeconds;
            loaderFree = block.LoadSeconds > 0 ? loaded : loaderFree;
            var begin = Math.Max(computerFree, loaded);
            times.Add(new BlockTimes(index, block.Name, start, loaded, begin, begin + block.ComputeSeconds, begin - computerFree));
            computerFree = begin + block.ComputeSeconds;
        }

        return times;
    }

    /// <summary>Waiting after the first block is there: the first load can hide behind nothing.</summary>
    public static double StallSeconds(IReadOnlyList<BlockTimes> times) => times.Skip(1).Sum(block => block.Stall);

    /// <summary>Alternating attention and feed-forward blocks of a model, each followed by an all-reduce.</summary>
    public static IReadOnlyList<StreamBlock> Blocks(LayerTimes times, int? residentEvery = null) =>
    [
        .. Enumerable.Range(0, times.Layers).SelectMany(layer => new StreamBlock[]
        {
            new($"attention {layer + 1}", times.LoadAttention, times.Attention + times.AllReduce),
            new($"feed-forward {layer + 1}", residentEvery is { } every && (layer + 1) % every == 0 ? 0 : times.LoadFeedForward, times.FeedForward + times.AllReduce),
        }),
    ];

    /// <summary>The smallest window without a stall, or null when none up to the limit has none.</summary>
    public static int? SmallestWindow(LayerTimes times, int limit = 64, int? residentEvery = null) =>
        Enumerable.Range(2, limit - 1).Cast<int?>().FirstOrDefault(window => StallSeconds(Run(Blocks(times, residentEvery), window!.Value)) < 1e-9);

    /// <summary>The fewest resident feed-forward blocks (the largest T, one in T stays) without a stall at this window, or null when none helps.</summary>
    public static int? LargestResidency(LayerTimes times, int window) =>
        Enumerable.Range(1, times.Layers).Reverse().Cast<int?>().FirstOrDefault(every => StallSeconds(Run(Blocks(times, every), window)) < 1e-9);
}
