using Headroom.Interference.Champion;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Reasons;
using Headroom.Interference.Runs;
using Headroom.Learning.ModelFiles;

namespace Headroom.Interference.Serving;

/// <summary>Answers batches of windows with one trained model. Safe to use from several threads at once.</summary>
public sealed class InterferencePredictor(FittedChampion champion, ModelCard card)
{
    private const string Method = "split conformal on left-out groups, scaled by expected error";

    public ModelCard Card => card;

    /// <summary>The model behind the answers.</summary>
    public FittedChampion Champion => champion;

    /// <summary>Features a window has to have, in their order.</summary>
    public FeatureSchema Schema => champion.Features.Schema;

    /// <summary>Loads a model file; with a schema, only one trained for it.</summary>
    /// <exception cref="InvalidDataException">The file is no champion.</exception>
    /// <exception cref="ModelMismatchException">It was trained for other features.</exception>
    public static InterferencePredictor Load(string path, FeatureSchema? schema = null)
    {
        var (champion, card) = ChampionFile.Load(path, schema);
        return new InterferencePredictor(champion, card);
    }

    /// <summary>Loads a model from an open file.</summary>
    /// <param name="name">What to call it when it is none.</param>
    /// <exception cref="InvalidDataException">The file is no champion.</exception>
    public static InterferencePredictor Load(Stream stream, string name)
    {
        var (champion, card) = ChampionFile.Load(stream, name);
        return new InterferencePredictor(champion, card);
    }

    /// <param name="windows">Windows with the features of <see cref="Schema"/>.</param>
    /// <param name="withReasons">Attribute every prediction; four predictions per feature each.</param>
    /// <exception cref="ArgumentException">A window has other features; the message names it.</exception>
    public IReadOnlyList<InterferencePrediction> Predict(IReadOnlyList<InterferenceRun> windows, bool withReasons = false)
    {
        Check(windows);
        var (values, intervals) = champion.PredictWithIntervals(windows);
        return
        [
            .. windows.Select((window, row) => new InterferencePrediction(
                values[row],
                champion.Range.Clamp(intervals[row].Lower),
                champion.Range.Clamp(intervals[row].Upper),
                champion.Intervals.Level,
                Method,
                champion.Intervals.CalibrationCount,
                card.Id,
                card.CodeVersion,
                champion.Ranges.Outside(window, Schema),
                withReasons ? Attribution.Explain(champion, window) : null)),
        ];
    }

    /// <exception cref="ArgumentException">A window has other features; the message names it.</exception>
    internal void Check(IReadOnlyList<InterferenceRun> windows)
    {
        foreach (var window in windows)
        {
            Check(window);
        }
    }

    private void Check(InterferenceRun window)
    {
        if (window.Frames.Length == 0)
        {
            throw new ArgumentException($"window {window.Id}: expected at least one step, got none.", nameof(window));
        }

        if (Array.FindIndex(window.Frames, frame => frame.Length != Schema.Metrics.Count) is >= 0 and var wrong)
        {
            throw new ArgumentException($"window {window.Id}, step {wrong}: expected {Schema.Metrics.Count} metrics, got {window.Frames[wrong].Length}.", nameof(window));
        }

        if (window.Context.Length != Schema.Context.Count)
        {
            throw new ArgumentException($"window {window.Id}: expected {Schema.Context.Count} context features, got {window.Context.Length}.", nameof(window));
        }
    }
}
