using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>The champion behind the question-and-answer interface.</summary>
public sealed class ChampionPredictor(FittedChampion champion, ModelCard card) : IDesignPredictor
{
    /// <summary>Designs worked on at a time: large enough that equal layers meet, small enough to cancel soon.</summary>
    private const int ChunkSize = 16_384;

    public ModelCard Model => card;

    internal FittedChampion Champion => champion;

    public IReadOnlyList<DesignPrediction> Predict(IReadOnlyList<DesignQuestion> questions, CancellationToken cancellationToken = default)
    {
        var answers = new DesignPrediction[questions.Count];
        for (var start = 0; start < questions.Count; start += ChunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Answer(questions, start, Math.Min(questions.Count, start + ChunkSize), answers, cancellationToken);
        }

        return answers;
    }

    private void Answer(IReadOnlyList<DesignQuestion> questions, int start, int end, DesignPrediction[] answers, CancellationToken cancellationToken)
    {
        var rows = new TrainingRow[end - start];
        Parallel.For(start, end, index => rows[index - start] = TrainingRow.Of(questions[index]));

        var known = Targets.All.Where(champion.Knows).ToArray();
        var parts = champion.PartsOf(rows);
        var estimates = new Estimate?[known.Length][];
        double?[] success = [];
        IReadOnlyList<string>[] outsides = [];
        Parallel.For(0, known.Length + 2, new ParallelOptions { CancellationToken = cancellationToken }, task =>
        {
            if (task < known.Length)
            {
                estimates[task] = champion.Predict(parts, known[task], cancellationToken);
            }
            else if (task == known.Length)
            {
                success = champion.PredictSuccess(parts, cancellationToken);
            }
            else
            {
                outsides = champion.OutsideTraining(parts);
            }
        });
        Parallel.For(0, rows.Length, row =>
        {
            var entries = new List<TargetPrediction>(known.Length);
            for (var target = 0; target < known.Length; target++)
            {
                if (estimates[target][row] is { } estimate)
                {
                    entries.Add(Entry(known[target], estimate, outsides[row].Count > 0));
                }
            }

            answers[start + row] = new DesignPrediction(entries, success[row], outsides[row]);
        });
    }

    private TargetPrediction Entry(Target target, Estimate estimate, bool isOutOfRange)
    {
        // A count is shown whole: the ends move outwards, so rounding never takes away what was promised.
        var (value, lower, upper) = target.IsWhole()
            ? (Math.Round(estimate.Value), Math.Floor(estimate.Lower ?? estimate.Value), Math.Ceiling(estimate.Upper ?? estimate.Value))
            : (estimate.Value, estimate.Lower ?? estimate.Value, estimate.Upper ?? estimate.Value);
        return new TargetPrediction(
            target, value, Math.Min(lower, value), Math.Max(upper, value), TargetTraining.Level, target.Unit(), card.Id,
            estimate.IsRule ? Provenance.Rule : Provenance.Learned, isOutOfRange);
    }
}
