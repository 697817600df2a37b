using Headroom.Interference.Champion;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Reasons;

/// <summary>
/// Shapley values of features by sampling orders (Strumbelj and Kononenko 2014): features move from the mean training window to the asked one, one after
/// the other, in random orders and their reverses; each gets the mean of what its move changed. Every order starts at the base and ends at the prediction,
/// so the shares add up exactly.
/// </summary>
public static class Attribution
{
    /// <param name="champion">The model.</param>
    /// <param name="run">The window to explain.</param>
    /// <param name="pairs">Random orders, each with its reverse; more are steadier.</param>
    /// <param name="seed">Of the orders.</param>
    public static Explanation Explain(FittedChampion champion, InterferenceRun run, int pairs = 2, int seed = 1)
    {
        var schema = champion.Features.Schema;
        var features = schema.Metrics.Concat(schema.Context).ToArray();
        var columns = features.Select(ColumnsOf).ToArray();
        var target = champion.Features.Row(run);
        var shares = new double[features.Length];
        var orders = Orders(features.Length, pairs, seed);
        foreach (var order in orders)
        {
            var predicted = champion.PredictRows(Path(champion.Base, target, order, columns));
            for (var step = 0; step < order.Length; step++)
            {
                shares[order[step]] += (predicted[step + 1] - predicted[step]) / orders.Count;
            }
        }

        return new Explanation(
            champion.PredictRows([champion.Base])[0],
            [.. features.Zip(shares, (feature, share) => new FeatureShare(feature, share)).OrderByDescending(share => Math.Abs(share.Share))]);

        // A column of two sources (a sum, a ratio) moves with the first of them.
        int[] ColumnsOf(Feature feature) =>
            [.. Enumerable.Range(0, champion.Features.Columns.Count).Where(column => champion.Features.Columns[column].Sources[0] == feature)];
    }

    private static List<int[]> Orders(int features, int pairs, int seed)
    {
        var random = new Random(seed);
        var orders = new List<int[]>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var order = Enumerable.Range(0, features).ToArray();
            random.Shuffle(order);
            orders.Add(order);
            orders.Add([.. order.Reverse()]);
        }

        return orders;
    }

    private static float[][] Path(float[] from, float[] to, int[] order, int[][] columns)
    {
        var rows = new float[order.Length + 1][];
        rows[0] = from;
        for (var step = 0; step < order.Length; step++)
        {
            rows[step + 1] = (float[])rows[step].Clone();
            foreach (var column in columns[order[step]])
            {
                rows[step + 1][column] = to[column];
            }
        }

        return rows;
    }
}
