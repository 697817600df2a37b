namespace Headroom.MemoryPlacement.Offload;

/// <summary>Layers cut into stages of consecutive layers.</summary>
/// <param name="Cuts">First layer of every stage but the first.</param>
/// <param name="StageSeconds">Time of each stage for one micro-batch.</param>
/// <param name="StageBytes">Memory of each stage.</param>
public sealed record PipelinePlan(IReadOnlyList<int> Cuts, IReadOnlyList<double> StageSeconds, IReadOnlyList<double> StageBytes)
{
    /// <summary>Time of a whole step over M micro-batches: (M + K - 1) x the slowest stage (GPipe, arXiv 1811.06965).</summary>
    public double StepSeconds(int microBatches) => (microBatches + StageSeconds.Count - 1) * StageSeconds.Max();
}

public static class PipelinePartition
{
    /// <summary>Share of the time that stages idle: (K - 1) / (M + K - 1); negligible from M = 4 K.</summary>
    public static double Bubble(int stages, int microBatches) => (stages - 1.0) / (microBatches + stages - 1);

    /// <summary>Speed-up over two stages and one micro-batch if stages were equal: 2 x K M / (M + K - 1) / 2.</summary>
    public static double IdealSpeedUp(int stages, int microBatches) => (double)stages * microBatches / (microBatches + stages - 1);

    /// <summary>Minimises the slowest stage under the memory of a device: dynamic programming over cut points, O(K L^2). Null when no cut fits.</summary>
    public static PipelinePlan? Optimal(IReadOnlyList<double> layerSeconds, IReadOnlyList<double> layerBytes, int stages, double deviceBytes)
    {
        var layers = layerSeconds.Count;
        if (stages < 1 || stages > layers || layerBytes.Count != layers)
        {
            throw new MemoryInputException($"Expected 1 to {layers} stages and as many sizes as times, got {stages} stages and {layerBytes.Count} sizes.");
        }

        var time = Sums(layerSeconds);
        var bytes = Sums(layerBytes);
        var best = new double[stages + 1, layers + 1];
        var from = new int[stages + 1, layers + 1];
        for (var end = 0; end <= layers; end++)
        {
            for (var stage = 0; stage <= stages; stage++)
            {
                best[stage, end] = double.PositiveInfinity;
            }
        }

        best[0, 0] = 0;
        for (var stage = 1; stage <= stages; stage++)
        {
            for (var end = stage; end <= layers; end++)
            {
                for (var start = stage - 1; start < end; start++)
                {
                    var slowest = Math.Max(best[stage - 1, start], time[end] - time[start]);
                    if (bytes[end] - bytes[start] <= deviceBytes && slowest < best[stage, end])
                    {
                        (best[stage, end], from[stage, end]) = (slowest, start);
                    }
                }
            }
        }

        return double.IsInfinity(best[stages, layers]) ? null : Plan(Cuts(from, stages, layers), time, bytes);
    }

    private static List<int> Cuts(int[,] from, int stages, int layers)
    {
        var cuts = new List<int>();
        for (int stage = stages, end = layers; stage > 1; stage--)
        {
            end = from[stage, end];
            cuts.Insert(0, end);
        }

        return cuts;
    }

    private static PipelinePlan Plan(List<int> cuts, double[] time, double[] bytes)
    {
        int[] ends = [0, .. cuts, time.Length - 1];
        var stages = Enumerable.Range(1, ends.Length - 1).ToArray();
        return new PipelinePlan(cuts, [.. stages.Select(stage => time[ends[stage]] - time[ends[stage - 1]])], [.. stages.Select(stage => bytes[ends[stage]] - bytes[ends[stage - 1]])]);
    }

    private static double[] Sums(IReadOnlyList<double> values)
    {
        var sums = new double[values.Count + 1];
        for (var index = 0; index < values.Count; index++)
        {
            sums[index + 1] = sums[index] + values[index];
        }

        return sums;
    }
}
