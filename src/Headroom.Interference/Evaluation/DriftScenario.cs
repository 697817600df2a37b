using Headroom.Interference.Champion;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Conformal;
using Headroom.Learning.Drift;

namespace Headroom.Interference.Evaluation;

/// <summary>What the alarms did in a scenario.</summary>
/// <param name="Metric">The feature, or <c>residual</c> or <c>coverage</c>.</param>
/// <param name="WasShifted">Whether it was changed on purpose (for errors and coverage: whether they should suffer).</param>
/// <param name="Windows">Windows from the shift to its alarm; null when none was raised.</param>
/// <param name="SinceWindows">How many windows after the shift the alarm says that it began.</param>
/// <param name="MaeEffect">What the first alarm says about the error.</param>
public sealed record DriftFinding(string Metric, bool WasShifted, int? Windows, int? SinceWindows, double? MaeEffect);

/// <summary>The result of a scenario.</summary>
/// <param name="Features">How many features are watched.</param>
/// <param name="Findings">What was shifted or raised an alarm.</param>
/// <param name="FalseAlarms">Alarms on the unshifted copy.</param>
/// <param name="UnshiftedWindows">How many windows that has.</param>
/// <param name="TrueMaeEffect">What the shift really did to the mean absolute error.</param>
public sealed record DriftScenarioResult(int Features, IReadOnlyList<DriftFinding> Findings, int FalseAlarms, int UnshiftedWindows, double TrueMaeEffect);

/// <summary>
/// Windows drawn from labelled runs that a model did not learn from; from one window on, some metrics are raised as if the workload or the machine had changed. The model
/// answers the changed windows, so errors and coverage suffer as they would.
/// </summary>
public static class DriftScenario
{
    private const int RowsPerWindow = 50;
    private const int WindowsBefore = 100;
    private const int WindowsAfter = 20;
    private const int ShiftedFeatures = 3;

    /// <param name="data">Labelled runs.</param>
    /// <param name="unshifted">Windows of the copy in which nothing changes.</param>
    /// <param name="options">When something counts as drift.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static DriftScenarioResult Run(RunSet data, int unshifted, DriftOptions options, int seed, CancellationToken cancellationToken)
    {
        data = data.Labelled();
        var random = new Random(seed);
        var order = Enumerable.Range(0, data.Runs.Count).ToArray();
        random.Shuffle(order);
        var half = order.Length / 2;
        var model = ModelTable.Named([ModelTable.GradientBoosting], Novelty.None)[0].Fit(data.With(order[..half].Select(row => data.Runs[row])), seed, cancellationToken);
        var runs = order[half..].Select(row => data.Runs[row]).ToArray();
        var features = TrainingSample.FeaturesOf(data.Schema);
        var errors = Errors(model, runs);
        var width = ConformalQuantile.Of(errors, options.Level);
        var pool = new Pool([.. runs.Select(TrainingSample.Row)], errors);

        // Whatever moves in training can be seen to move away from it.
        var moving = Enumerable.Range(0, data.Schema.Metrics.Count).Where(feature => pool.Deviation(feature) > 0).ToArray();
        var shifted = Importance(model, runs, moving, pool).Take(ShiftedFeatures).ToArray();
        var changed = runs.Select(run => Shift(run, shifted, pool)).ToArray();
        var after = new Pool([.. changed.Select(TrainingSample.Row)], Errors(model, changed));

        var watched = new DriftReference(features, pool.Rows, pool.Errors);
        var findings = Shifted(watched, pool, after, width, shifted.Select(feature => features[feature]).ToHashSet(), options, random);
        var monitor = new DriftMonitor(watched, options, seed);
        var falseAlarms = 0;
        for (var window = 0; window < unshifted; window++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            falseAlarms += monitor.Observe(pool.Window(At(window), width, random)).Count;
        }

        return new DriftScenarioResult(features.Count, findings, falseAlarms, unshifted, after.Errors.Average() - pool.Errors.Average());
    }

    private static List<DriftFinding> Shifted(DriftReference reference, Pool before, Pool after, double width, HashSet<string> shifted, DriftOptions options, Random random)
    {
        var monitor = new DriftMonitor(reference, options, 1);
        var first = new Dictionary<string, (int Window, DriftAlarm Alarm)>();
        for (var window = 0; window < WindowsBefore + WindowsAfter; window++)
        {
            foreach (var alarm in monitor.Observe((window < WindowsBefore ? before : after).Window(At(window), width, random)))
            {
                first.TryAdd(alarm.Metric, (window, alarm));
            }
        }

        return
        [
            .. shifted.Append(DriftAlarm.Residual).Append(DriftAlarm.Coverage).Union(first.Keys).Select(metric => new DriftFinding(
                metric,
                shifted.Contains(metric) || metric is DriftAlarm.Residual or DriftAlarm.Coverage,
                first.TryGetValue(metric, out var found) ? found.Window - WindowsBefore + 1 : null,
                first.TryGetValue(metric, out found) ? (int)Math.Round((found.Alarm.Since - At(WindowsBefore)).TotalHours) : null,
                first.TryGetValue(metric, out found) ? found.Alarm.MaeEffect : null)),
        ];
    }

    /// <summary>Features by how much the model's answers move when they are raised, the most important first.</summary>
    private static IOrderedEnumerable<int> Importance(IFittedInterferenceModel model, InterferenceRun[] runs, int[] moving, Pool pool)
    {
        var before = model.Predict(runs);
        return moving.OrderByDescending(feature => model.Predict([.. runs.Select(run => Shift(run, [feature], pool))]).Zip(before, (now, then) => Math.Abs(now - then)).Average());
    }

    private static InterferenceRun Shift(InterferenceRun run, int[] features, Pool pool)
    {
        var frames = Array.ConvertAll(run.Frames, frame => (float[])frame.Clone());
        foreach (var frame in frames)
        {
            foreach (var feature in features)
            {
                // Two standard deviations: plain to a test, not absurd.
                frame[feature] += (float)(2 * pool.Deviation(feature));
            }
        }

        return run with { Frames = frames };
    }

    private static double[] Errors(IFittedInterferenceModel model, IReadOnlyList<InterferenceRun> runs) =>
        [.. model.Predict(runs).Zip(runs, (predicted, run) => Math.Abs(predicted - run.Label!.Value))];

    private static DateTimeOffset At(int window) => DateTimeOffset.UnixEpoch.AddHours(window);

    private sealed record Pool(float[][] Rows, double[] Errors)
    {
        public double Deviation(int feature)
        {
            double[] values = [.. Rows.Select(row => (double)row[feature]).Where(double.IsFinite)];
            var mean = values.Length == 0 ? 0 : values.Average();
            return values.Length == 0 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        }

        public DriftWindow Window(DateTimeOffset at, double width, Random random)
        {
            var drawn = Enumerable.Range(0, RowsPerWindow).Select(_ => random.Next(Rows.Length)).ToArray();
            return new DriftWindow(at, [.. drawn.Select(row => Rows[row])], [.. drawn.Select(row => Errors[row])], [.. drawn.Select(row => Errors[row] <= width)]);
        }
    }
}
