using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Scaling;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>
/// Turns windows into scaled arrays and batches: long windows are mean-pooled to at most so many steps (attention is quadratic in them), context features
/// become metrics that do not change, and with undisturbed runs in training every metric also comes as its ratio to them.
/// </summary>
/// <param name="MaxSteps">Steps after pooling.</param>
/// <param name="StepScaler">Of one step, learnt on training steps.</param>
/// <param name="SummaryScaler">Of the summary, learnt on training runs.</param>
/// <param name="Solo">Undisturbed runs; null leaves the ratios out (as in the paper).</param>
public sealed record WindowEncoder(int MaxSteps, StandardScaler StepScaler, StandardScaler SummaryScaler, SoloReference? Solo)
{
    private const float Clip = 5;

    /// <summary>Metrics per step after encoding.</summary>
    public int Width => StepScaler.Means.Count;

    public static WindowEncoder Fit(RunSet train, int maxSteps, bool besideAlone)
    {
        var solo = besideAlone ? SoloReference.Fit(train, series: false) : null;
        var raw = train.Runs.Select(run => Raw(run, maxSteps, solo)).ToArray();
        return new WindowEncoder(
            maxSteps, StandardScaler.Fit(raw.SelectMany(run => run)), StandardScaler.Fit(raw.Select((steps, row) => Summary(train.Runs[row], steps))), solo);
    }

    /// <summary>One window, scaled: steps x metrics and the summary (moments x metrics, flat).</summary>
    public EncodedWindow Encode(InterferenceRun run)
    {
        var raw = Raw(run, MaxSteps, Solo);
        return new EncodedWindow(
            Array.ConvertAll(raw, step => Clipped(StepScaler.Transform(step))), Clipped(SummaryScaler.Transform(Summary(run, raw))));
    }

    /// <summary>Windows as one batch, padded to the longest.</summary>
    public static WindowBatch Batch(IReadOnlyList<EncodedWindow> windows)
    {
        var longest = windows.Max(window => window.Steps.Length);
        var width = windows[0].Steps[0].Length;
        var steps = new float[windows.Count * longest * width];
        var present = new bool[windows.Count * longest];
        var summary = new float[windows.Count * WindowBatch.Moments * width];
        for (var row = 0; row < windows.Count; row++)
        {
            for (var step = 0; step < windows[row].Steps.Length; step++)
            {
                windows[row].Steps[step].CopyTo(steps, ((row * longest) + step) * width);
                present[(row * longest) + step] = true;
            }

            windows[row].Summary.CopyTo(summary, row * WindowBatch.Moments * width);
        }

        return new WindowBatch(
            tensor(steps, [windows.Count, longest, width]), tensor(present, [windows.Count, longest]), tensor(summary, [windows.Count, WindowBatch.Moments, width]));
    }

    private static float[][] Raw(InterferenceRun run, int maxSteps, SoloReference? solo)
    {
        var relative = solo?.Relative(run, WindowFeatures.Metrics(run, series: false)) ?? [];
        var count = Math.Min(run.Frames.Length, maxSteps);
        var metrics = run.Frames[0].Length;
        var steps = new float[count][];
        for (var step = 0; step < count; step++)
        {
            var (from, to) = (step * run.Frames.Length / count, (step + 1) * run.Frames.Length / count);
            var pooled = new float[metrics];
            for (var metric = 0; metric < metrics; metric++)
            {
                var (sum, seen) = (0.0, 0);
                for (var frame = from; frame < to; frame++)
                {
                    if (float.IsFinite(run.Frames[frame][metric]))
                    {
                        sum += run.Frames[frame][metric];
                        seen++;
                    }
                }

                pooled[metric] = seen == 0 ? float.NaN : (float)(sum / seen);
            }

            steps[step] = [.. pooled, .. run.Context, .. relative];
        }

        return steps;
    }

    // Deviation and percentile come from the window itself, before pooling smooths them; what does not change over time has only its value.
    private static float[] Summary(InterferenceRun run, float[][] steps)
    {
        var width = steps[0].Length;
        var summary = new float[WindowBatch.Moments * width];
        for (var column = 0; column < width; column++)
        {
            var statistics = column < run.Frames[0].Length
                ? WindowStatistics.Of(run.Frames, column)
                : new WindowStatistics(steps[0][column], 0, steps[0][column]);
            summary[column] = (float)statistics.Mean;
            summary[width + column] = (float)statistics.Deviation;
            summary[(2 * width) + column] = (float)statistics.P95;
        }

        return summary;
    }

    private static float[] Clipped(float[] values) => Array.ConvertAll(values, value => Math.Clamp(value, -Clip, Clip));
}

/// <summary>A window ready for a batch.</summary>
/// <param name="Steps">Steps x metrics.</param>
/// <param name="Summary">Moments x metrics, flat.</param>
public sealed record EncodedWindow(float[][] Steps, float[] Summary);
