using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>The model that comes with Headroom, trained only on sets whose licence lets it be passed on (see datasets/fpga-default-model).</summary>
public static class ShippedModel
{
    private const string Resource = "Headroom.Fpga.default-model.bin";

    private static readonly Lazy<ChampionPredictor> Loaded = new(() =>
    {
        using var stream = Open();
        return ModelFile.Read(stream, "the shipped FPGA model");
    });

    /// <summary>Loads it on the first call.</summary>
    public static IDesignPredictor Load() => Loaded.Value;

    /// <summary>The same as a fitted model, for scores.</summary>
    public static FittedChampion Champion => Loaded.Value.Champion;

    /// <summary>Its file.</summary>
    public static byte[] Bytes()
    {
        using var stream = Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Stream Open() => typeof(ShippedModel).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
}
