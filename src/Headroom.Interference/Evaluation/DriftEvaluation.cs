using Headroom.Learning.Conformal;
using Headroom.Learning.Data;

namespace Headroom.Interference.Evaluation;

/// <summary>How static and adaptive intervals held on one series that drifts.</summary>
/// <param name="Series">metric, region and machine size.</param>
/// <param name="Count">Scored measurements: the second half of the series.</param>
/// <param name="SplitCoverage">Coverage of split conformal intervals calibrated on the first half.</param>
/// <param name="AdaptiveCoverage">Coverage of adaptive intervals that go on learning.</param>
/// <param name="HalfWidth">Mean half-width of the adaptive intervals that were finite, as a share of the prediction.</param>
public sealed record DriftScore(string Series, int Count, double SplitCoverage, double AdaptiveCoverage, double HalfWidth);

/// <summary>
/// Coverage under drift on benchmark values of rented machines over months (the layout of cloud-vm-noise-azure): the prediction is the median of the machine's
/// last five values, the score the relative error; the first half calibrates, the second is scored.
/// </summary>
public static class DriftEvaluation
{
    private const int History = 5;

    /// <param name="folder">Folder with long_lived.csv (metric, region, sku, vm, t_min, value).</param>
    /// <param name="level">Wanted coverage.</param>
    /// <param name="smallest">Series with fewer measurements are left out.</param>
    /// <exception cref="InvalidDataException">The file is missing or broken.</exception>
    public static IReadOnlyList<DriftScore> Run(string folder, double level = 0.9, int smallest = 5_000)
    {
        var path = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "long_lived.csv*").FirstOrDefault() : null;
        var table = CsvTable.Read(path ?? throw new InvalidDataException($"{folder}: expected long_lived.csv or long_lived.csv.gz, found neither."));
        var (time, value) = (table.Column("t_min"), table.Column("value"));
        return
        [
            .. Enumerable.Range(0, table.Count)
                .GroupBy(row => $"{table.Text(row, "metric")} {table.Text(row, "region")} {table.Text(row, "sku")}")
                .Where(rows => rows.Count() >= smallest)
                .OrderBy(rows => rows.Key, StringComparer.Ordinal)
                .Select(rows => Score(rows.Key, level, [.. Scores(rows
                    .Select(row => (Machine: table.Text(row, "vm"), At: table.Number(row, time) ?? 0, Value: table.Number(row, value) ?? 0))
                    .OrderBy(entry => entry.At))])),
        ];
    }

    /// <summary>Coverage of both kinds of intervals over a series of relative errors.</summary>
    public static DriftScore Score(string series, double level, IReadOnlyList<double> scores)
    {
        var half = scores.Count / 2;
        var width = ConformalQuantile.Of(scores.Take(half), level);
        var adaptive = new AdaptiveConformal(level);
        foreach (var score in scores.Take(half))
        {
            adaptive.Remember(score);
        }

        var (inside, covered, finite, widths) = (0, 0, 0, 0.0);
        foreach (var score in scores.Skip(half))
        {
            var halfWidth = adaptive.Quantile();
            if (double.IsFinite(halfWidth))
            {
                widths += halfWidth;
                finite++;
            }

            inside += score <= width ? 1 : 0;
            covered += adaptive.Observe(score) ? 1 : 0;
        }

        var count = scores.Count - half;
        return new DriftScore(series, count, (double)inside / count, (double)covered / count, finite == 0 ? double.PositiveInfinity : widths / finite);
    }

    private static IEnumerable<double> Scores(IEnumerable<(string Machine, double At, double Value)> entries)
    {
        var last = new Dictionary<string, Queue<double>>();
        foreach (var (machine, _, value) in entries)
        {
            if (!last.TryGetValue(machine, out var history))
            {
                last[machine] = history = new Queue<double>();
            }

            if (history.Count == History)
            {
                var predicted = history.Order().ElementAt(History / 2);
                if (predicted > 0)
                {
                    yield return Math.Abs(value - predicted) / predicted;
                }

                history.Dequeue();
            }

            history.Enqueue(value);
        }
    }
}
