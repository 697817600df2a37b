using Headroom.Interference.Champion;
using Headroom.Interference.Runs;
using Headroom.Learning.Promotion;

namespace Headroom.Interference.Evaluation;

/// <summary>Two models on the same labelled runs.</summary>
public static class ModelComparison
{
    /// <summary>One row per run: its errors, whether the challenger's interval holds it, its mix as the group and its application as the slice.</summary>
    public static IReadOnlyList<PairedRow> Of(FittedChampion champion, FittedChampion challenger, RunSet runs)
    {
        var before = champion.Predict(runs.Runs);
        var (after, intervals) = challenger.PredictWithIntervals(runs.Runs);
        return
        [
            .. runs.Runs.Select((run, row) => new PairedRow(
                Math.Abs(before[row] - run.Label!.Value),
                Math.Abs(after[row] - run.Label!.Value),
                intervals[row].Contains(run.Label!.Value),
                run.Composition,
                run.Application)),
        ];
    }
}
