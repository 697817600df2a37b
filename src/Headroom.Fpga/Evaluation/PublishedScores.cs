using Headroom.Fpga.Records;

namespace Headroom.Fpga.Evaluation;

/// <summary>A figure others published for the wa-hls4ml test set: context for scores on a few of its records, not a comparison on the same rows.</summary>
public sealed record PublishedScore(string Model, Target Target, double SmapePercent);

/// <summary>The leaderboard of wa-hls4ml, test set of 92,933 networks, post-synthesis resources and HLS latency (axess-benchmark at 8fe257e and fd305cb).</summary>
public static class PublishedScores
{
    public const string Origin = "wa-hls4ml leaderboard, test set, n = 92,933";

    private static readonly (string Model, double[] Smape)[] Leaderboard =
    [
        ("MLP (rule4ml v2)", [33.9, 105.7, 24.9, 15.5, 31.8, 27.0]),
        ("rule4ml GNN", [46.3, 103.3, 16.0, 16.5, 12.9, 14.2]),
        ("GNN", [21.6, 14.8, 14.1, 14.0, 17.9, 14.5]),
        ("Transformer", [18.9, 8.8, 3.6, 4.5, 11.3, 14.7]),
    ];

    public static IReadOnlyList<PublishedScore> All { get; } =
        [.. Leaderboard.SelectMany(row => Targets.All.Select((target, index) => new PublishedScore(row.Model, target, row.Smape[index])))];
}
