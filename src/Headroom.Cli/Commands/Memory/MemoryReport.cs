using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Evaluation;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;
using Headroom.MemoryPlacement.Planning;

namespace Headroom.Cli.Commands.Memory;

/// <summary>Everything <c>evaluate memory</c> measures, in the shape of every report.</summary>
internal static class MemoryReport
{
    private const double PaperVersusNaivePercent = 21;

    public static Report Make(string scored, string? train, int seed, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        var tables = new List<Table>();
        CostScores.Add(scored, train, seed, figures, tables, cancellationToken);

        var cases = CxlEvaluation.Run(PlacementPlanner.Default, cancellationToken);
        figures.AddRange(CxlFigures(cases));
        tables.Add(CxlTable(cases));

        var ssd = MemAscendEvaluation.Run(new SsdOffloadPeak(), new TrainingRun(1, 16_384));
        figures.AddRange(SsdFigures(ssd));
        tables.Add(SsdTable(ssd));
        tables.Add(ComponentTable(ssd));
        figures.AddRange(PlanTimes.Measure());
        return new Report("evaluate memory", Machine.Read(), seed, figures, tables);
    }

    private static IEnumerable<Figure> CxlFigures(IReadOnlyList<CxlCase> cases)
    {
        foreach (var (name, cards, paper) in new[] { ("one_card", 1, 97.0), ("two_cards", 2, 100.0) })
        {
            var shares = cases.Where(one => one.Cards == cards && one.AwareSeconds is not null).Select(one => 100 * one.DramOnlySeconds / one.AwareSeconds!.Value).ToArray();
            yield return Figure.Versus($"cxl_aware.{name}", shares.Average(), "%", cards == 1 ? "paper 97-99, lower end" : "paper, about", paper);
            yield return new Figure($"cxl_aware.{name}_min", shares.Min(), "%");
            yield return new Figure($"cxl_aware.{name}_max", shares.Max(), "%");
        }

        double Gain(CxlCase one) => 100 * ((one.NaiveSeconds!.Value / one.AwareSeconds!.Value) - 1);
        var both = cases.Where(one => one.NaiveSeconds is not null && one.AwareSeconds is not null).ToArray();
        yield return Figure.Versus("cxl_aware.vs_naive_max", both.Where(CxlEvaluation.InAbstract).Max(Gain), "%", "paper, 7B and 12B, up to", PaperVersusNaivePercent);
        yield return new Figure("cxl_aware.vs_naive_max_all_models", both.Max(Gain), "%");
        var faster = cases.Where(one => one.AwareSeconds is not null).Select(one => one.AwareSeconds!.Value / one.OptimalSeconds!.Value).ToArray();
        yield return Figure.Versus("optimal.vs_cxl_aware_min", faster.Min(), "ratio", "never slower", 1);
        yield return Figure.Versus("optimal.vs_cxl_aware_max", faster.Max(), "ratio", "faster somewhere", 1);
        yield return new Figure("optimal.vs_cxl_aware_mean", faster.Average(), "ratio");
    }

    private static Table CxlTable(IReadOnlyList<CxlCase> cases) => new(
        "simulated steps",
        ["cards", "model", "gpus", "batch", "context_tokens", "dram_only_s", "naive_s", "cxl_aware_s", "optimal_s", "cxl_aware_of_dram_only", "cxl_aware_over_naive", "optimal_over_cxl_aware"],
        [.. cases.Select(one => (IReadOnlyList<object?>)
        [
            one.Cards, one.Model, one.Gpus, one.MicroBatch, one.ContextTokens, one.DramOnlySeconds, one.NaiveSeconds, one.AwareSeconds, one.OptimalSeconds,
            one.DramOnlySeconds / one.AwareSeconds, one.NaiveSeconds / one.AwareSeconds, one.AwareSeconds / one.OptimalSeconds,
        ])]);

    private static IEnumerable<Figure> SsdFigures(IReadOnlyList<SsdCase> cases)
    {
        yield return Figure.Versus("memascend.cut_mean", 100 * cases.Average(one => one.Cut), "%", "paper's mean on other models; ours are formulas", MemAscendEvaluation.PaperCutPercent);
        yield return new Figure("memascend.cut_of_sums", 100 * (1 - (cases.Sum(one => one.Fixed.Bytes) / cases.Sum(one => one.Baseline.Bytes))), "%");
    }

    private static Table SsdTable(IReadOnlyList<SsdCase> cases) => new(
        "ssd offload peak by formula (context 16384, fp32 gradients)",
        ["model", "zero_infinity_gib", "memascend_gib", "cut", .. cases[0].OneByOne.Select(one => $"{one.Fix} alone, GiB")],
        [.. cases.Select(one => (IReadOnlyList<object?>)[one.Model, one.Baseline.Bytes / Gibibyte, one.Fixed.Bytes / Gibibyte, one.Cut, .. one.OneByOne.Select(fix => (object?)(fix.Bytes / Gibibyte))])]);

    private static Table ComponentTable(IReadOnlyList<SsdCase> cases) => new(
        "ssd offload components by formula",
        ["model", "component", "zero_infinity_gib", "memascend_gib", "formula"],
        [.. cases.SelectMany(one => one.Baseline.Terms.Zip(one.Fixed.Terms, (before, after) =>
            (IReadOnlyList<object?>)[one.Model, before.Name, before.Bytes / Gibibyte, after.Bytes / Gibibyte, before.Numbers]))]);

    private const double Gibibyte = 1L << 30;
}
