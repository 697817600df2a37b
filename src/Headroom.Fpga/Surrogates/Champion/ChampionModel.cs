using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Rules first, a learnt residual second, one model per target, intervals calibrated out of fold.</summary>
public sealed class ChampionModel : IDesignModel
{
    public const string ModelName = "champion";

    public string Name => ModelName;

    public IFittedDesignModel Fit(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken) => Train(train, seed, cancellationToken);

    public static FittedChampion Train(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken)
    {
        var rows = train.Select(TrainingRow.Of).ToArray();
        var done = rows.Where(row => row.Record.Lut is not null || row.Record.Cycles is not null).ToArray();
        foreach (var row in rows)
        {
            // Worked out once, before several targets ask for it at the same time.
            _ = (row.Features, row.Region);
        }

        var targets = new TargetModel?[Targets.All.Count];
        Parallel.For(0, targets.Length, new ParallelOptions { CancellationToken = cancellationToken }, index => targets[index] = TargetTraining.Fit(done, Targets.All[index], seed, cancellationToken));
        return new FittedChampion(
            [.. targets.OfType<TargetModel>()],
            SuccessModel.Fit(rows, seed, cancellationToken),
            FeatureRanges.Of(done),
            done.GroupBy(row => row.Record.Design.Configuration.Stage).ToDictionary(stage => stage.Key, stage => stage.Max(row => row.Rules.Layers.Count)));
    }
}
