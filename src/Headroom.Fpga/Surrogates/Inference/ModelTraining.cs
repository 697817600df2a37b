using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>Trains a champion on records and writes what it is made of on its card.</summary>
public static class ModelTraining
{
    public const string Architecture = "analytic rules; per region a mixture of Gaussian processes and boosted trees on ln(1 + count); CV+ intervals scaled by a learnt spread";

    public static (FittedChampion Champion, ModelCard Card) Run(
        IReadOnlyList<SynthesisRecord> records, string name, int seed, TimeProvider time, CancellationToken cancellationToken)
    {
        var champion = ChampionModel.Train(records, seed, cancellationToken);
        var sources = records.GroupBy(record => record.Source).Select(rows => (Licence: DataLicence.Of(rows.Key), Source: rows.Key, Rows: rows.Count())).ToArray();
        return (champion, new ModelCard
        {
            Id = name,
            Architecture = Architecture,
            Seed = seed,
            TrainedAt = time.GetUtcNow(),
            Sources = [.. sources.Select(source => new ModelSource(source.Source, source.Licence.Name, source.Rows))],
            MayBeRedistributed = sources.All(source => source.Licence.AllowsRedistribution),
            Metrics = [.. champion.TargetModels.Select(model => new ModelMetric(model.Target.Name(), model.TrainingRows, model.OutOfFoldSmapePercent, model.OutOfFoldCoverageRatio))],
            Features = DesignFeatures.Names,
        });
    }
}
