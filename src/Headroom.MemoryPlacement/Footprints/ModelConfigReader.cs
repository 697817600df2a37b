using System.Text.Json;

namespace Headroom.MemoryPlacement.Footprints;

/// <summary>
/// Reads a Hugging Face <c>config.json</c>: dense and grouped-query, mixture of experts, sliding-window and hybrid layers, latent attention,
/// encoder-decoder. Keys it does not need are ignored; a missing one is an error that names it.
/// </summary>
public static class ModelConfigReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="MemoryInputException">There is no such file, or it is no model configuration.</exception>
    public static ModelShape ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (IOException error)
        {
            throw new MemoryInputException($"{path}: expected a model's config.json, {error.Message}", error);
        }
    }

    /// <exception cref="MemoryInputException">The text is not JSON, or lacks a number that is needed.</exception>
    public static ModelShape Read(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new MemoryInputException($"{name}: expected a JSON object as in config.json, got {document.RootElement.ValueKind}.");
            }

            return Read(new ConfigValues(document.RootElement, name), name);
        }
        catch (JsonException error)
        {
            throw new MemoryInputException($"{name}: expected JSON as in config.json, line {error.LineNumber + 1} is none: {error.Message}", error);
        }
    }

    private static ModelShape Read(ConfigValues root, string name)
    {
        var type = root.Text("model_type");
        var shown = root.Text("_name_or_path") is { Length: > 0 } given ? given : name;
        if (type is "t5" or "mt5" or "umt5")
        {
            return T5Reader.Read(root, shown);
        }

        if (root.Child("encoder") is { } encoder && root.Child("decoder") is { } decoder)
        {
            return EncoderDecoder(root, Text(encoder), Text(decoder), type, shown);
        }

        var text = Text(root);
        var family = ModelFamily.Of(text.Text("model_type") ?? type);
        var hidden = text.Required("hidden_size");
        var tied = root.Flag("tie_word_embeddings") ?? text.Flag("tie_word_embeddings") ?? family.Tied;
        return new ModelShape(
            shown, hidden, text.Required("vocab_size"), tied ? 1 : 2, hidden, [.. LayerReader.Read(text, family, hidden, inDecoder: true)],
            BytesOf(text.Text("torch_dtype") ?? text.Text("dtype") ?? root.Text("torch_dtype") ?? root.Text("dtype")));
    }

    /// <summary>Encoder and decoder of the same width; a decoder whose attention also reads the encoder has no cross-attention of its own (T5Gemma 2).</summary>
    private static ModelShape EncoderDecoder(ConfigValues root, ConfigValues encoder, ConfigValues decoder, string? type, string name)
    {
        var family = ModelFamily.Of(type);
        var hidden = decoder.Required("hidden_size");
        if (encoder.Required("hidden_size") != hidden)
        {
            throw new MemoryInputException($"{name}: expected encoder and decoder of one hidden_size, got {encoder.Required("hidden_size")} and {hidden}.");
        }

        var tied = root.Flag("tie_word_embeddings") ?? family.Tied;
        return new ModelShape(
            name, hidden, decoder.Required("vocab_size"), tied ? 1 : 2, 2L * hidden,
            [.. LayerReader.Read(encoder, family, hidden, inDecoder: false), .. LayerReader.Read(decoder, family, hidden, inDecoder: true)],
            BytesOf(root.Text("torch_dtype") ?? root.Text("dtype")));
    }

    private static ConfigValues Text(ConfigValues values) => values.Child("text_config") ?? values;

    private static double BytesOf(string? type) => type switch
    {
        "float32" => 4,
        "float8_e4m3fn" or "float8_e5m2" or "int8" => 1,
        _ => 2,
    };
}
