using System.IO.Compression;
using System.Text.Json;
using Headroom.Learning.ModelFiles;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>
/// A recommendation with its inputs as one ZIP file: <c>inputs.json</c>, <c>recommendation.json</c>. Anybody can make the
/// recommendation again from it, without a database.
/// </summary>
public sealed record RecommendationSnapshot(RecommendationInputs Inputs, Recommendation Recommendation)
{
    /// <summary>Bound of a snapshot after decompression: 256 MiB, over two kilobytes for each five-minute window of a year.</summary>
    public const long MostBytes = 256L << 20;

    private const string InputsEntry = "inputs.json";
    private const string RecommendationEntry = "recommendation.json";

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    // The time of the entries, so that the same snapshot is the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The ZIP file.</summary>
    public byte[] ToZip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, InputsEntry, Inputs);
            Write(zip, RecommendationEntry, Recommendation);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToZip"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file, has two entries of one name or more than <see cref="MostBytes"/>.</exception>
    public static RecommendationSnapshot FromZip(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var entries = ArchiveParts.Unpack(zip, "the snapshot", MostBytes);
            return new RecommendationSnapshot(Read<RecommendationInputs>(entries, InputsEntry), Read<Recommendation>(entries, RecommendationEntry));
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"the snapshot's JSON is not a recommendation's: {malformed.Message}", malformed);
        }
    }

    /// <summary>The recommendation as canonical JSON, to compare two of them.</summary>
    public static string Text(Recommendation recommendation) => JsonSerializer.Serialize(recommendation, Json);

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    public static Recommendation Parse(string text) => JsonSerializer.Deserialize<Recommendation>(text, Json) ?? throw new InvalidDataException("expected a recommendation, got null");

    /// <summary>Makes the recommendation again from the inputs; null when it is the same to the last digit, else the new one.</summary>
    public Recommendation? Differs(CancellationToken cancellationToken)
    {
        var again = HostAdvisor.Recommend(Inputs, cancellationToken);
        return Text(again) == Text(Recommendation) ? null : again;
    }

    private static void Write<T>(ZipArchive zip, string name, T value)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        using var stream = entry.Open();
        JsonSerializer.Serialize(stream, value, Json);
    }

    private static T Read<T>(Dictionary<string, byte[]> entries, string name)
    {
        var bytes = entries.GetValueOrDefault(name) ?? throw new InvalidDataException($"expected an entry '{name}' in the snapshot; it has {string.Join(", ", entries.Keys)}");
        return JsonSerializer.Deserialize<T>(bytes, Json) ?? throw new InvalidDataException($"'{name}' holds null");
    }
}
