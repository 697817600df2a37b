using Headroom.Learning.Data;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>
/// Wall power of a host from its counters: what an agent without a power sensor estimates. The wall sensor answers late, so the counters of the
/// samples just before are columns too; they never reach across a block.
/// </summary>
public sealed class KeplerQuestion : IPowerQuestion
{
    private const int SampleSeconds = 3;
    private const int BlockSeconds = 300;
    private const int Lags = 3;

    private static readonly string[] Counters =
    [
        "bpf_cpu_time_us", "cache_miss", "cpu_cycles", "cpu_instructions", "cgroupfs_cpu_usage_us", "cgroupfs_memory_usage_bytes",
        "cgroupfs_system_cpu_usage_us", "cgroupfs_user_cpu_usage_us", "kubelet_cpu_usage", "kubelet_memory_bytes",
        "bpf_block_irq", "bpf_net_rx_irq", "bpf_net_tx_irq",
    ];

    private static readonly string[] Lagged = ["bpf_cpu_time_us", "cache_miss", "cpu_cycles", "cpu_instructions"];

    private static readonly int Cycles = Array.IndexOf(Counters, "cpu_cycles");

    public string Name => "kepler";

    public string Figure => "kepler.platform_mae_w";

    public string Folder => "host-power-kepler";

    public string Column => "platform_power_w";

    public string Target => "wall power of a bare-metal host, W";

    public BlendRegressor Ours { get; } = new(
        "counters blend",
        [
            new Repeated(new LightGbmRegressor("boosting", new LightGbmOptions { Objective = "regression_l1", FeatureFraction = 0.6, BaggingFraction = 0.8, MinRowsInLeaf = 5, Rounds = 400, LearningRate = 0.04 }), 3),
            new Repeated(new LightGbmRegressor("boosting", new LightGbmOptions { FeatureFraction = 0.6, BaggingFraction = 0.8, Leaves = 15, LearningRate = 0.04, Rounds = 400 }), 3),
            new Repeated(new LightGbmRegressor("random trees", new LightGbmOptions { ExtraTrees = true, FeatureFraction = 0.6, BaggingFraction = 0.8, LearningRate = 0.05, Rounds = 400 }), 3),
        ],
        BlendRegressor.Absolute);

    public IReadOnlyList<ITabularRegressor> Rules { get; } = [new ColumnsOf(RidgeRegressor.Linear, [Cycles], "linear in cycles")];

    public PowerSet Read(CsvTable table)
    {
        var times = Enumerable.Range(0, table.Count).Select(row => (long)table.RequiredNumber(row, "t_unix")).ToArray();
        var rowAt = times.Select((time, row) => (time, row)).GroupBy(pair => pair.time).ToDictionary(pair => pair.Key, pair => pair.First().row);
        var columns = new Columns(table);
        foreach (var counter in Counters)
        {
            columns.AddRaw(counter);
        }

        columns.Add("misses_per_instruction", row => table.Number(row, "cache_miss") / Math.Max(table.Number(row, "cpu_instructions") ?? 1, 1))
            .Add("instructions_per_cycle", row => table.Number(row, "cpu_instructions") / Math.Max(table.Number(row, "cpu_cycles") ?? 1, 1))
            .Add("log_cache_miss", row => Math.Log(1 + (table.Number(row, "cache_miss") ?? 0)));
        for (var lag = 1; lag <= Lags; lag++)
        {
            foreach (var counter in Lagged)
            {
                var (back, name) = (lag * SampleSeconds, counter);
                columns.Add($"{counter}_{back}s_ago", row => Before(row, back) is { } earlier ? table.Number(earlier, name) : null);
            }
        }

        return columns.ToSet(Column, row => $"{times[row] / BlockSeconds}");

        int? Before(int row, int seconds) =>
            (times[row] - seconds) / BlockSeconds == times[row] / BlockSeconds && rowAt.TryGetValue(times[row] - seconds, out var earlier) ? earlier : null;
    }
}
