using Headroom.Fpga.Surrogates.Inference;
using Headroom.Jobs.Models;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Fpga;

/// <summary>The FPGA model in the registry.</summary>
public static class FpgaModel
{
    public const string Name = "fpga";

    public static ModelKind<IDesignPredictor> Kind { get; } = new(Name, Read, ShippedModel.Bytes, Describe);

    private static ChampionPredictor Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return ModelFile.Read(stream, "the FPGA model");
    }

    private static NewModelVersion Describe(IDesignPredictor predictor, byte[] file, string by)
    {
        var card = predictor.Model;
        return new NewModelVersion(
            Name,
            card.Checksum,
            file,
            card.Id,
            [card.Architecture],
            card.Features,
            string.Join(", ", card.Sources.Select(source => source.Name)),
            card.Checksum,
            card.Sources.Sum(source => source.Rows),
            by,
            null,
            [.. card.Metrics.SelectMany(Metrics)]);
    }

    private static IEnumerable<Headroom.Storage.Registry.ModelMetric> Metrics(Headroom.Fpga.Surrogates.Inference.ModelMetric metric)
    {
        yield return new Headroom.Storage.Registry.ModelMetric("card", metric.Target, "smape", metric.SmapePercent / 100, "1", metric.Rows);
        if (metric.CoverageRatio is { } coverage)
        {
            yield return new Headroom.Storage.Registry.ModelMetric("card", metric.Target, "coverage", coverage, "1", metric.Rows);
        }
    }
}
