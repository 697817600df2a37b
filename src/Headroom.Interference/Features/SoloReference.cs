using System.Text.Json.Serialization;
using Headroom.Interference.Runs;
using Headroom.Learning.Scaling;

namespace Headroom.Interference.Features;

/// <summary>One undisturbed run: where and under which load it ran, and what its window looked like.</summary>
public sealed record SoloRun(string Id, string Application, string? Session, float[] Context, float[] Window);

/// <summary>
/// What a workload's window looks like when nobody disturbs it: the undisturbed training runs of the same application, of the same session where
/// there are enough, weighted by how near their load is. Counters of a run say more beside these than alone, on any machine and at any load.
/// </summary>
public sealed record SoloReference
{
    private const int EnoughInSession = 3;
    private const double Nearness = 0.2;

    [JsonConstructor]
    public SoloReference(IReadOnlyList<SoloRun> runs, StandardScaler? contextScaler, float[] floors) =>
        (Runs, ContextScaler, Floors) = (runs, contextScaler, floors);

    public IReadOnlyList<SoloRun> Runs { get; }

    /// <summary>Null where runs have no context.</summary>
    public StandardScaler? ContextScaler { get; }

    /// <summary>Added to both sides of a ratio, per column, so that counters near zero do not explode.</summary>
    public float[] Floors { get; }

    /// <summary>Null when the training set has no undisturbed runs.</summary>
    public static SoloReference? Fit(RunSet train, bool series)
    {
        var runs = train.Runs.Where(run => run.IsSolo)
            .Select(run => new SoloRun(run.Id, run.Application, run.Session, run.Context, WindowFeatures.Metrics(run, series))).ToArray();
        if (runs.Length == 0)
        {
            return null;
        }

        var floors = Enumerable.Range(0, runs[0].Window.Length)
            .Select(column => (float)(1e-3 + (0.05 * runs.Select(run => run.Window[column]).Where(float.IsFinite).Select(value => Math.Abs(value)).DefaultIfEmpty().Average())));
        return new SoloReference(runs, runs[0].Context.Length == 0 ? null : StandardScaler.Fit(runs.Select(run => run.Context)), [.. floors]);
    }

    /// <summary>log((value + floor) / (undisturbed + floor)) per column; NaN where nothing comparable was seen undisturbed.</summary>
    public float[] Relative(InterferenceRun run, float[] window)
    {
        var result = new float[window.Length];
        var comparable = Comparable(run);
        if (comparable.Count == 0)
        {
            Array.Fill(result, float.NaN);
            return result;
        }

        var weights = comparable.Select(solo => Weight(run.Context, solo.Context)).ToArray();
        for (var column = 0; column < window.Length; column++)
        {
            double sum = 0;
            double weight = 0;
            for (var index = 0; index < weights.Length; index++)
            {
                var value = comparable[index].Window[column];
                if (float.IsFinite(value))
                {
                    sum += weights[index] * value;
                    weight += weights[index];
                }
            }

            var alone = weight > 0 ? Math.Max(sum / weight, 0) : double.NaN;
            result[column] = (float)Math.Log((Math.Max(window[column], 0) + Floors[column]) / (alone + Floors[column]));
        }

        return result;
    }

    private List<SoloRun> Comparable(InterferenceRun run)
    {
        // A run is never its own reference: in training every undisturbed run would look perfectly undisturbed.
        var same = Runs.Where(solo => solo.Application == run.Application && solo.Id != run.Id).ToList();
        var session = same.Where(solo => solo.Session == run.Session).ToList();
        return session.Count >= EnoughInSession ? session : same;
    }

    private double Weight(float[] own, float[] other)
    {
        if (ContextScaler is null)
        {
            return 1;
        }

        var (left, right) = (ContextScaler.Transform(own), ContextScaler.Transform(other));
        double distance = 0;
        for (var index = 0; index < left.Length; index++)
        {
            distance += Math.Abs(left[index] - right[index]);
        }

        return Math.Exp(-distance / Nearness) + 1e-9;
    }
}
