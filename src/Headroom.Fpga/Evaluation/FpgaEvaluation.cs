using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Champion;
using Headroom.Fpga.Surrogates.Rivals;

namespace Headroom.Fpga.Evaluation;

/// <summary>Scores models on the rows of a data set that no model was fitted on.</summary>
public static class FpgaEvaluation
{
    public const string AllGroups = "all";

    /// <summary>
    /// Splits records into rows to fit and rows to score. Scored are the rows of <paramref name="data"/> that are not marked train (all of them when
    /// every one is and <paramref name="train"/> brings others). Fitted are the train rows
    /// of the same folder, or with <paramref name="train"/> every row of those folders; a row whose architecture is also scored is never fitted.
    /// </summary>
    /// <exception cref="InvalidDataException">Nothing is left to score.</exception>
    public static (IReadOnlyList<SynthesisRecord> Train, IReadOnlyList<SynthesisRecord> Scored) Split(
        IReadOnlyList<SynthesisRecord> data, IReadOnlyList<SynthesisRecord>? train)
    {
        var scored = data.Where(record => record.Split != "train").ToArray();
        if (scored.Length == 0 && train is not null)
        {
            scored = [.. data];
        }

        if (scored.Length == 0)
        {
            throw new InvalidDataException("Every row of the data is marked as train: there is nothing to score.");
        }

        var taken = scored.Select(record => (record.Source, record.SplitGroup)).ToHashSet();
        return ([.. (train ?? data.Where(record => record.Split == "train")).Where(record => !taken.Contains((record.Source, record.SplitGroup)))], scored);
    }

    /// <summary>Every score of one fitted model: over all rows, and per group where there are several.</summary>
    public static IReadOnlyList<Score> Scores(string name, IFittedDesignModel model, IReadOnlyList<SynthesisRecord> scored)
    {
        var scores = new List<Score>();
        foreach (var target in Targets.All)
        {
            var records = scored.Where(record => record[target] is not null).ToArray();
            if (records.Length == 0)
            {
                continue;
            }

            var rows = model.Predict(records, target)
                .Zip(records, (estimate, record) => (estimate, record))
                .Where(pair => pair.estimate is not null)
                .Select(pair => Printed(pair.record, target, pair.estimate!.Value))
                .ToArray();
            if (rows.Length == 0)
            {
                continue;
            }

            scores.Add(Score.Of(AllGroups, target, name, rows));
            var groups = rows.GroupBy(row => row.Group).ToArray();
            if (groups.Length > 1)
            {
                scores.AddRange(groups.Select(group => Score.Of(group.Key, target, name, [.. group])));
            }
        }

        return scores;
    }

    /// <summary>Share of rows whose success was judged rightly at one half, of the champion; null when the data or the model do not tell.</summary>
    public static double? SuccessAccuracy(FittedChampion champion, IReadOnlyList<SynthesisRecord> scored)
    {
        var rows = scored.Where(record => record.Succeeded is not null).ToArray();
        return !champion.KnowsSuccess || rows.Length == 0 || rows.All(record => record.Succeeded == true)
            ? null
            : champion.PredictSuccess(rows).Zip(rows, (probability, record) => probability >= 0.5 == record.Succeeded ? 1.0 : 0.0).Average();
    }

    /// <summary>Mean over the targets of the champion's SMAPE, divided by that of boosting on raw columns.</summary>
    public static (double Champion, double Boosting)? MeanSmape(IReadOnlyList<Score> scores)
    {
        double? Mean(string model) => scores.Where(score => score.Group == AllGroups && score.Model == model).Select(score => (double?)score.SmapePercent).Average();
        return Mean(ChampionModel.ModelName) is { } champion && Mean(RivalTable.RawBoosting) is { } boosting ? (champion, boosting) : null;
    }

    private static ScoredRow Printed(SynthesisRecord record, Target target, Estimate estimate)
    {
        var scale = target == Target.Bram ? record.PrintedPerBlockRam18 : 1;
        return new ScoredRow(record.Subset, record[target]!.Value * scale, new Estimate(estimate.Value * scale, estimate.Lower * scale, estimate.Upper * scale));
    }
}
