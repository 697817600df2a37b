using System.Text.RegularExpressions;
using Headroom.Learning.Data;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>
/// Wall power of a server at a load level, from its data sheet. One row per server and load level (active idle is load 0). Calibrated, the server's
/// measured idle and full-load power are known too, and the levels between are asked for.
/// </summary>
public sealed partial class SpecPowerQuestion(bool calibrated) : IPowerQuestion
{
    private const int Load = 0;
    private const int ChipWatts = 1;
    private const int IdleWatts = 2;
    private const int FullWatts = 3;

    private static readonly string[] Levels = ["idle", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"];

    private static readonly string[] Architectures =
    [
        "core", "nehalem", "sandybridge", "ivybridge", "haswell", "broadwell", "skylake", "cascadelake", "cooperlake", "icelake",
        "opteron", "epyc-gen1", "epyc-gen2", "epyc-gen3",
    ];

    private static readonly LightGbmOptions Trees = new() { FeatureFraction = 0.6, BaggingFraction = 0.8, MinRowsInLeaf = 10, LearningRate = 0.05, Rounds = 400, Leaves = 31 };

    public string Name => calibrated ? "specpower calibrated" : "specpower";

    public string Figure => calibrated ? "specpower.calibrated_mae_w" : "specpower.mae_w";

    public string Folder => "server-power-specpower";

    public string Column => "power_w_idle";

    public string Target => calibrated ? "wall power of a server between its known idle and full load, W" : "wall power of a server at a load level, W";

    public BlendRegressor Ours { get; } = calibrated
        ? new BlendRegressor(
            "calibrated blend",
            [
                new RuleRegressor("straight line", _ => StraightLine),
                new Repeated(new ScaledTarget(new LightGbmRegressor("boosting", Trees with { Rounds = 200 }), StraightLine), 3),
                new Repeated(new ScaledTarget(new LightGbmRegressor("random trees", Trees with { ExtraTrees = true, Rounds = 200 }), StraightLine), 3),
            ],
            BlendRegressor.Absolute)
        : new BlendRegressor(
            "data sheet blend",
            [
                new Repeated(new ScaledTarget(new LightGbmRegressor("boosting", Trees), TdpRule), 3),
                new Repeated(new ScaledTarget(new LightGbmRegressor("random trees", Trees with { ExtraTrees = true }), TdpRule), 3),
                new Repeated(new LightGbmRegressor("boosting, watts", Trees with { Objective = "regression_l1" }), 3),
            ],
            BlendRegressor.Absolute);

    public IReadOnlyList<ITabularRegressor> Rules { get; } = calibrated
        ? [new RuleRegressor("straight line from idle to full load", _ => StraightLine)]
        : [new RuleRegressor("TDP rule", _ => TdpRule)];

    public PowerSet Read(CsvTable table)
    {
        var rows = Enumerable.Range(0, table.Count)
            .SelectMany(server => Levels.Select((level, index) => (Server: server, Level: level, Load: index / 10.0)))
            .Where(row => !calibrated || row.Load is > 0 and < 1)
            .ToArray();
        var names = new List<string>();
        var columns = new List<Func<int, double?>>();
        double? Of(int server, string column) => table.Number(server, column);
        void Add(string name, Func<int, double?> value)
        {
            names.Add(name);
            columns.Add(value);
        }

        Add("chip_watts", server => (Of(server, "tdp_w") ?? Of(server, "cores") / Of(server, "chips") * 8) * Of(server, "chips"));
        if (calibrated)
        {
            Add("idle_w", server => Of(server, "power_w_idle"));
            Add("full_w", server => Of(server, "power_w_100"));
            Add("idle_share", server => Of(server, "power_w_idle") / Of(server, "power_w_100"));
        }

        Add("tdp_w", server => Of(server, "tdp_w"));
        Add("chips", server => Of(server, "chips"));
        Add("log_cores", server => Log(Of(server, "cores")));
        Add("log_cores_per_chip", server => Log(Of(server, "cores") / Of(server, "chips")));
        Add("threads_per_core", server => Of(server, "threads") / Of(server, "cores"));
        Add("freq_mhz", server => Of(server, "freq_mhz"));
        Add("log_core_ghz", server => Log(Of(server, "cores") * Of(server, "freq_mhz")));
        Add("log_l3_kb", server => Log(Of(server, "l3_kb")));
        Add("log_mem_gb", server => Log(Of(server, "mem_gb")));
        Add("log_mem_per_core", server => Log(Of(server, "mem_gb") / Of(server, "cores")));
        Add("psu_count", server => Of(server, "psu_count"));
        Add("log_psu_rating", server => Log(Of(server, "psu_rating_w")));
        Add("log_psu_per_chip_watts", server => Log(Of(server, "psu_rating_w") / (Of(server, "tdp_w") * Of(server, "chips"))));
        Add("year", server => Of(server, "availability_year"));
        Add("low_power", server => LowPower().IsMatch(table.Text(server, "cpu")) ? 1 : 0);
        Add("amd", server => table.Text(server, "cpu_make") == "amd" ? 1 : 0);
        foreach (var architecture in Architectures)
        {
            Add($"architecture={architecture}", server => table.Text(server, "architecture") == architecture ? 1 : 0);
        }

        var features = Array.ConvertAll(rows, row => columns.Select(column => column(row.Server) is { } value ? (float)value : float.NaN).Prepend((float)row.Load).ToArray());
        var splits = Columns.SplitsOf(table);
        return new PowerSet(
            new TabularSet(["load", .. names], features, Array.ConvertAll(rows, row => table.RequiredNumber(row.Server, $"power_w_{row.Level}")), [.. rows.Select(row => table.Text(row.Server, "cpu"))]),
            [.. rows.Select(row => splits[row.Server])]);
    }

    // Full load 1.21 times the chips' TDP, idle 0.26 of that, a straight line between.
    private static double TdpRule(float[] row) => 1.21 * row[ChipWatts] * (0.26 + (0.74 * row[Load]));

    private static double StraightLine(float[] row) => row[IdleWatts] + ((row[FullWatts] - row[IdleWatts]) * row[Load]);

    private static double? Log(double? value) => value is { } number ? Math.Log(Math.Max(number, 1e-3)) : null;

    [GeneratedRegex(@"\b[LX]?\d+L\b|\bL\d{4}|EE\b|HE\b")]
    private static partial Regex LowPower();
}
