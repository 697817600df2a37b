using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Costs;
using Headroom.MemoryPlacement.Evaluation;

namespace Headroom.Cli.Commands.Memory;

/// <summary>Cost models on rows they were not fitted on. With a training folder its rows fit and the others are scored; without, each configuration is held out once.</summary>
internal static class CostScores
{
    private const int Repeats = 5;
    private const double WantedCoverage = 0.9;

    public static void Add(string scored, string? train, int seed, List<Figure> figures, List<Table> tables, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<object?>>();
        var adam = One("adam", CostTasks.Adam, Features.Adam, TierFolder.Adam(scored), train is null ? null : TierFolder.Adam(train), seed, figures, rows, cancellationToken);
        var copies = One("copy", CostTasks.Copies, Features.Copies, TierFolder.Copies(scored), train is null ? null : TierFolder.Copies(train), seed, figures, rows, cancellationToken);
        One("access", CostTasks.Accesses, Features.Accesses, TierFolder.Accesses(scored), train is null ? null : TierFolder.Accesses(train), seed, figures, rows, cancellationToken);
        tables.Add(new Table("cost models on held-out configurations", ["task", "model", "scored_rows", "mape_percent", "mape_spread", "coverage"], rows));
        Situations.Add(adam, copies, figures, tables);
        if (HostMemoryCheck.Run(TierFolder.Offloads(scored)) is { Count: > 0 } host)
        {
            tables.Add(new Table(
                "host memory of measured runs", ["setup", "model", "context_tokens", "measured_gib", "formula_gib", "with_pinned_rounding_gib"],
                [.. host.Select(one => (IReadOnlyList<object?>)[one.Row.Setup, one.Row.Model, one.Row.ContextTokens, one.Row.PeakDramGibibytes, one.FormulaGibibytes, one.RoundedGibibytes])]));
            figures.Add(new Figure("footprint.host_mape", host.Average(one => 100 * Math.Abs((one.RoundedGibibytes / one.Row.PeakDramGibibytes) - 1)), "%"));
        }
    }

    private static IReadOnlyList<Held<T>> One<T>(
        string name, CostTask<T> task, Func<T, float[]> features, IReadOnlyList<T> scored, IReadOnlyList<T>? train, int seed,
        List<Figure> figures, List<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        // A folder without this file is scored on nothing of its own: the training folder's configurations are held out in turn instead.
        var fitted = train is { Count: > 0 } && scored.Count > 0 ? train : null;
        var held = scored.Count > 0 ? scored : train ?? [];
        if (held.Count == 0)
        {
            return [];
        }

        var groups = held.Select(task.Group).Distinct().Count();
        var repeats = Enumerable.Range(seed, Repeats).Select(one =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return fitted is null ? task.CrossValidate(held, Math.Min(groups, 24), one) : task.Score(fitted, held, one);
        }).ToArray();
        var mape = repeats.Select(one => one.MapePercent()).ToArray();
        var rivals = Rivals.Score(task, features, fitted, held, Math.Min(groups, 6), seed, cancellationToken);
        var best = rivals.MinBy(rival => rival.MapePercent);
        figures.Add(Figure.Versus($"{name}.mape", mape.Average(), "%", best.Name, best.MapePercent));
        figures.Add(Figure.Versus($"{name}.coverage", repeats.Average(one => one.Coverage()), "ratio", "level", WantedCoverage));
        rows.Add([name, "ours", held.Count, mape.Average(), mape.Max() - mape.Min(), repeats.Average(one => one.Coverage())]);
        rows.AddRange(rivals.Select(rival => (IReadOnlyList<object?>)[name, rival.Name, held.Count, rival.MapePercent, null, null]));
        return repeats[0];
    }
}
