namespace Headroom.Interference.Serving;

/// <summary>The model that comes with Headroom, trained on its own campaign (see datasets/interference-default-model).</summary>
public static class ShippedModel
{
    private const string Resource = "Headroom.Interference.default-model.bin";

    /// <summary>Reads it.</summary>
    public static InterferencePredictor Load()
    {
        using var stream = Open();
        return InterferencePredictor.Load(stream, "the shipped interference model");
    }

    /// <summary>Its file.</summary>
    public static byte[] Bytes()
    {
        using var stream = Open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open() => typeof(ShippedModel).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
}
