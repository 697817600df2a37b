namespace Headroom.MemoryPlacement.Offload;

/// <summary>Times of one layer: computing, all-reduce, and loading its two blocks from storage, seconds.</summary>
/// <param name="Attention">Computing the attention block.</param>
/// <param name="FeedForward">Computing the feed-forward block.</param>
/// <param name="AllReduce">One all-reduce; two per layer.</param>
/// <param name="LoadAttention">Loading the attention block.</param>
/// <param name="LoadFeedForward">Loading the feed-forward block.</param>
/// <param name="Layers">Layers.</param>
public sealed record LayerTimes(double Attention, double FeedForward, double AllReduce, double LoadAttention, double LoadFeedForward, int Layers);

/// <summary>What TPI-LLM's conditions say about a stream of blocks (arXiv 2410.00531, section 3.3).</summary>
/// <param name="Tight">Every load hides behind the block before it.</param>
/// <param name="Loose">Loads hide on average and at every layer.</param>
/// <param name="SteadyState">A layer's computing takes at least as long as its loads.</param>
/// <param name="FormA">Form A holds at every layer.</param>
/// <param name="FormB">Form B holds at every layer.</param>
public sealed record StallVerdict(bool Tight, bool Loose, bool SteadyState, bool FormA, bool FormB);

public static class StallConditions
{
    private const double Tolerance = 1e-12;

    /// <param name="residentEvery">One feed-forward block in this many stays in memory; null keeps none.</param>
    public static StallVerdict Check(LayerTimes times, int? residentEvery = null)
    {
        var tight = times.Attention + times.AllReduce >= times.LoadFeedForward - Tolerance && times.FeedForward + times.AllReduce >= times.LoadAttention - Tolerance;
        var kept = residentEvery is { } every ? 1.0 / every : 0;
        var steady = times.Attention + times.FeedForward + (2 * times.AllReduce) >= times.LoadAttention + (times.LoadFeedForward * (1 - kept)) - Tolerance;
        var layers = Enumerable.Range(1, times.Layers).ToArray();
        bool A(int l) => (l * times.Attention) + ((l - 1) * times.FeedForward) + (((2 * l) - 1) * times.AllReduce)
            >= ((l - (l * kept)) * times.LoadFeedForward) + ((l - 1) * times.LoadAttention) - Tolerance;
        bool B(int l) => ((l - 1) * times.Attention) + (l * times.FeedForward) + (((2 * l) - 1) * times.AllReduce)
            >= (((l - 1) - ((l - 1) * kept)) * times.LoadFeedForward) + (l * times.LoadAttention) - Tolerance;
        return new StallVerdict(tight, steady && layers.All(l => A(l) || B(l)), steady, layers.All(A), layers.All(B));
    }

    /// <summary>
    /// Peak weight memory of a device that keeps a window of blocks, bytes. Blocks alternate; a worker holds half of the window of each kind, the master
    /// also embedding and head, which take the place of two blocks of its window.
    /// </summary>
    /// <param name="window">Blocks kept.</param>
    /// <param name="share">Share of the weights on this device.</param>
    /// <param name="bytesEach">Bytes per weight.</param>
    public static double PeakBytes(int window, long hidden, long intermediate, long heads, long keyValueHeads, double share, double bytesEach, long? masterVocabulary = null)
    {
        var isMaster = masterVocabulary is not null;
        var attentionBlocks = isMaster && window >= 2 ? (window - 2) / 2 : window / 2;
        var feedBlocks = isMaster && window >= 2 ? (window - 1) / 2 : (window + 1) / 2;
        var attention = (2 * (1 + ((double)keyValueHeads / heads)) * hidden * hidden * share) + hidden;
        var feed = (3.0 * hidden * intermediate * share) + hidden;
        var ends = masterVocabulary is { } vocabulary ? (2.0 * hidden * vocabulary) + hidden : 0;
        return bytesEach * ((attentionBlocks * attention) + (feedBlocks * feed) + ends);
    }
}
