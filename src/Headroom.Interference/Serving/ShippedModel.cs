namespace Headroom.Interference.Serving;

/// <summary>The model that comes with Headroom, trained on its own campaign (see datasets/interference-default-model).</summary>
public static class ShippedModel
{
    private const string Resource = "Headroom.Interference.default-model.bin";

    /// <summary>Reads it.</summary>
    public static InterferencePredictor Load()
    {
        using var stream = typeof(ShippedModel).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        return InterferencePredictor.Load(stream, "the shipped interference model");
    }
}
