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
        var targets = Targets.All.Select(target => TargetTraining.Fit(done, target, seed, cancellationToken)).OfType<TargetModel>().ToArray();
        return new FittedChampion(
            targets,
            SuccessModel.Fit(rows, seed, cancellationToken),
            FeatureRanges.Of(done),
            done.Length == 0 ? 0 : done.Max(row => row.Rules.Products.Count()));
    }
}
