using Headroom.Interference.Champion;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Conformal;
using Headroom.Learning.Drift;

namespace Headroom.Interference.Drift;

/// <summary>What the alarms did in a scenario.</summary>
/// <param name="Metric">The feature, or <c>residual</c> or <c>coverage</c>.</param>
/// <param name="WasShifted">Whether it was changed on purpose (for errors and coverage: whether they should suffer).</param>
/// <param name="Windows">Windows from the shift to its alarm; null when none was raised.</param>
/// <param name="SinceWindows">How many windows after the shift the alarm says that it began.</param>
/// <param name="MaeEffect">What its alarms said about the error, on average.</param>
/// <param name="TrueMaeEffect">What its shift really did: the mean absolute error with all shifts less the one without this one; null for what was not shifted.</param>
public sealed record DriftFinding(string Metric, bool WasShifted, int? Windows, int? SinceWindows, double? MaeEffect, double? TrueMaeEffect)
{
    /// <summary>It is about a feature, not about errors.</summary>
    public bool IsFeature => Metric is not (DriftAlarm.Residual or DriftAlarm.Coverage);
}

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
        var residuals = Residuals(model, runs);
        var width = ConformalQuantile.Of(Array.ConvertAll(residuals, Math.Abs), options.Level);
        var pool = new Pool(model, runs, residuals);

        // Whatever moves in training can be seen to move away from it.
        var moving = Enumerable.Range(0, data.Schema.Metrics.Count).Where(feature => pool.Deviation(feature) > 0).ToArray();
        var shifted = Importance(model, runs, moving, pool).Take(ShiftedFeatures).ToArray();
        var after = Changed(shifted);
        var truth = shifted.ToDictionary(feature => features[feature], feature => after.Mae - Changed([.. shifted.Where(other => other != feature)]).Mae);
        truth[DriftAlarm.Residual] = after.Mae - pool.Mae;

        var watched = new DriftReference(features, pool.Rows, pool.Residuals);
        var findings = Shifted(watched, pool, after, width, truth, options, random);
        var monitor = new DriftMonitor(watched, options, seed);
        var falseAlarms = 0;
        for (var window = 0; window < unshifted; window++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            falseAlarms += monitor.Observe(pool.Window(At(window), width, random)).Count;
        }

        return new DriftScenarioResult(features.Count, findings, falseAlarms, unshifted, after.Mae - pool.Mae);

        Pool Changed(int[] moved)
        {
            var changed = runs.Select(run => Shift(run, moved, pool)).ToArray();
            return new Pool(model, changed, Residuals(model, changed));
        }
    }

    private static List<DriftFinding> Shifted(DriftReference reference, Pool before, Pool after, double width, Dictionary<string, double> truth, DriftOptions options, Random random)
    {
        var monitor = new DriftMonitor(reference, options, 1);
        var alarms = new List<(int Window, DriftAlarm Alarm)>();
        for (var window = 0; window < WindowsBefore + WindowsAfter; window++)
        {
            alarms.AddRange(monitor.Observe((window < WindowsBefore ? before : after).Window(At(window), width, random)).Select(alarm => (window, alarm)));
        }

        var raised = alarms.ToLookup(entry => entry.Alarm.Metric);
        return
        [
            .. truth.Keys.Append(DriftAlarm.Coverage).Union(raised.Select(metric => metric.Key)).Select(metric => new DriftFinding(
                metric,
                truth.ContainsKey(metric) || metric == DriftAlarm.Coverage,
                raised[metric].Select(entry => (int?)(entry.Window - WindowsBefore + 1)).FirstOrDefault(),
                raised[metric].Select(entry => (int?)Math.Round((entry.Alarm.Since - At(WindowsBefore)).TotalHours)).FirstOrDefault(),
                raised[metric].Average(entry => entry.Alarm.MaeEffect),
                truth.TryGetValue(metric, out var effect) ? effect : null)),
        ];
    }

    /// <summary>Features by how much the model's answers move when they are raised, the most important first.</summary>
    private static IOrderedEnumerable<int> Importance(IFittedInterferenceModel model, InterferenceRun[] runs, int[] moving, Pool pool)
    {
        var before = model.Predict(runs);
        return moving.OrderByDescending(feature => model.Predict([.. runs.Select(run => Shift(run, [feature], pool))]).Zip(before, (now, then) => Math.Abs(now - then)).Average());
    }

    // Two standard deviations: plain to a test, not absurd.
    private static InterferenceRun Shift(InterferenceRun run, int[] features, Pool pool) =>
        features.Aggregate(run, (moved, feature) => FeatureShift.By(moved, feature, 2 * pool.Deviation(feature)));

    private static double[] Residuals(IFittedInterferenceModel model, IReadOnlyList<InterferenceRun> runs) =>
        [.. model.Predict(runs).Zip(runs, (predicted, run) => predicted - run.Label!.Value)];

    private static DateTimeOffset At(int window) => DateTimeOffset.UnixEpoch.AddHours(window);

    private sealed record Pool(IFittedInterferenceModel Model, InterferenceRun[] Runs, double[] Residuals)
    {
        public float[][] Rows { get; } = Array.ConvertAll(Runs, TrainingSample.Row);

        public double Mae => Residuals.Average(Math.Abs);

        public double Deviation(int feature)
        {
            double[] values = [.. Rows.Select(row => (double)row[feature]).Where(double.IsFinite)];
            var mean = values.Length == 0 ? 0 : values.Average();
            return values.Length == 0 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        }

        public DriftWindow Window(DateTimeOffset at, double width, Random random)
        {
            var drawn = Enumerable.Range(0, RowsPerWindow).Select(_ => random.Next(Rows.Length)).ToArray();
            double[] errors = [.. drawn.Select(row => Math.Abs(Residuals[row]))];
            return new DriftWindow(
                at,
                [.. drawn.Select(row => Rows[row])],
                errors,
                [.. errors.Select(error => error <= width)],
                new ShiftedAnswers(Model, [.. drawn.Select(row => Runs[row])]).Moves);
        }
    }
}
