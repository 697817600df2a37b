using System.IO.Compression;
using System.Text.Json;

namespace Headroom.Fpga.Records;

/// <summary>Reads every synthesis record below a folder (or in one file), recognising each file by what is in it.</summary>
public static class RecordFolder
{
    /// <summary>Source of records in the wa-hls4ml layouts.</summary>
    public const string WaHls4mlSource = WaRecordReader.Source;

    private static readonly ITableImporter[] Tables = [new OneDenseImporter(), new TwoThreeDenseImporter(), new SingleLayerImporter()];

    private static readonly string[] TableEndings = [".csv", ".csv.gz"];
    private static readonly string[] JsonEndings = [".jsonl", ".jsonl.gz", ".json", ".json.gz"];

    /// <summary>Names of the tables it knows, for messages.</summary>
    public static string KnownLayouts => string.Join(", ", Tables.Select(table => table.Name).Append(WaRecordReader.Source).Append(HarvestReader.Source).Append(ResultFolder.Source));

    /// <exception cref="InvalidDataException">A file of a known layout is broken, or nothing of a known layout is there.</exception>
    public static IReadOnlyList<SynthesisRecord> Read(string path)
    {
        // A set may hold its rows twice, as single rows and as one row per design: a design counts once.
        var records = new Dictionary<(string Source, string Id), SynthesisRecord>();
        foreach (var record in Stream(path))
        {
            records.TryAdd((record.Source, record.Id), record);
        }

        return records.Count > 0
            ? [.. records.Values]
            : throw new InvalidDataException($"Found no synthesis records in {path}. Known layouts: {KnownLayouts}.");
    }

    /// <summary>Hands out the records one after the other, so that a corpus larger than memory can be gone through.</summary>
    public static IEnumerable<SynthesisRecord> Stream(string path) => Files(path).SelectMany(ReadFile);

    private static string[] Files(string path) => File.Exists(path) ? [path] : Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : throw new DirectoryNotFoundException($"Expected a folder or file with synthesis records at {path}, there is none.");

    private static IEnumerable<SynthesisRecord> ReadFile(string path)
    {
        if (Path.GetFileName(path) == ResultFolder.DesignFile)
        {
            return [ResultFolder.Read(path)];
        }

        if (TableEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            var file = CsvRows.Header(path);
            return Tables.FirstOrDefault(table => table.Accepts(file))?.Read(file) ?? [];
        }

        if (JsonEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return ReadJson(path);
        }

        return [];
    }

    private static IEnumerable<SynthesisRecord> ReadJson(string path)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        foreach (var record in JsonObjectStream.Read(file, path))
        {
            if (One(record) is not { } read)
            {
                yield break;
            }

            yield return read;
        }
    }

    private static SynthesisRecord? One(JsonElement record) =>
        WaRecordReader.Accepts(record) ? WaRecordReader.Read(record) : HarvestReader.Accepts(record) ? HarvestReader.Read(record) : null;
}
