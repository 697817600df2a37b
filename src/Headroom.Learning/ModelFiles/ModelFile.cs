using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headroom.Learning.ModelFiles;

/// <summary>A model in one file: a zip archive with card.json and the model's parts.</summary>
public sealed class ModelFile
{
    /// <summary>Bound of a model's parts after decompression: 256 MiB, over a hundred times the model that comes with the product and a fraction of what a host that reads it has.</summary>
    public const long MostBytes = 256L << 20;

    private const string CardName = "card.json";

    private readonly Dictionary<string, byte[]> _parts;

    private ModelFile(ModelCard card, Dictionary<string, byte[]> parts) => (Card, _parts) = (card, parts);

    /// <summary>How parts are written as JSON: missing numbers are NaN, by name.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public ModelCard Card { get; }

    /// <summary>Writes a model; an existing file is replaced only once the new one is complete.</summary>
    public static void Write(string path, ModelCard card, IReadOnlyDictionary<string, byte[]> parts)
    {
        var partial = $"{path}.{Environment.ProcessId}.new";
        using (var archive = new ZipArchive(File.Create(partial), ZipArchiveMode.Create))
        {
            Add(archive, CardName, JsonSerializer.SerializeToUtf8Bytes(card, Json));
            foreach (var (name, bytes) in parts)
            {
                Add(archive, name, bytes);
            }
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">The file is no model file.</exception>
    public static ModelFile Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <param name="stream">An open model file.</param>
    /// <param name="name">What to call it when it is none.</param>
    /// <exception cref="InvalidDataException">The stream is no model file, has two parts of one name or more than <see cref="MostBytes"/>.</exception>
    public static ModelFile Read(Stream stream, string name)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var parts = ArchiveParts.Unpack(archive, name, MostBytes);
            return parts.Remove(CardName, out var card)
                ? new ModelFile(JsonSerializer.Deserialize<ModelCard>(card, Json) ?? throw new InvalidDataException($"{name}: {CardName} is empty."), parts)
                : throw new InvalidDataException($"{name}: expected a model file with {CardName}, found {string.Join(", ", parts.Keys)}.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{name}: {CardName} is no model card: {malformed.Message}", malformed);
        }
    }

    /// <exception cref="InvalidDataException">The model has no such part.</exception>
    public byte[] Part(string name) => _parts.TryGetValue(name, out var bytes)
        ? bytes
        : throw new InvalidDataException($"model {Card.Id}: expected a part '{name}', found {string.Join(", ", _parts.Keys)}.");

    /// <summary>Refuses a model of another kind or for other features than the caller has.</summary>
    /// <exception cref="ModelMismatchException">With what is missing and what is too much.</exception>
    public void Require(string kind, IReadOnlyList<string> schema)
    {
        List<string> difference = [.. Card.Kind == kind ? (string[])[] : [$"- kind {kind}", $"+ kind {Card.Kind}"]];
        difference.AddRange(schema.Except(Card.Schema).Select(line => $"- {line}"));
        difference.AddRange(Card.Schema.Except(schema).Select(line => $"+ {line}"));
        if (difference.Count == 0 && !schema.SequenceEqual(Card.Schema))
        {
            difference.Add("the features are the same in another order");
        }

        if (difference.Count > 0)
        {
            throw new ModelMismatchException(Card.Id, difference);
        }
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(bytes);
    }
}
