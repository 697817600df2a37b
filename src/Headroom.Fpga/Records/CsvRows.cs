using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Headroom.Fpga.Records;

/// <summary>A small table file, plain or gzip, read by column name.</summary>
internal sealed class CsvRows
{
    private readonly Dictionary<string, int> columns;

    private CsvRows(string path, string[] header)
    {
        Path = path;
        columns = header.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    public string Path { get; }

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!columns.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    public static TextReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
    }

    public static CsvRows Header(string path)
    {
        using var reader = Open(path);
        return new CsvRows(path, Split(reader.ReadLine() ?? ""));
    }

    public IEnumerable<CsvRow> Read()
    {
        using var reader = Open(Path);
        reader.ReadLine();
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var cells = Split(line);
            if (cells.Length != columns.Count)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{Path} line {number}: expected {columns.Count} columns, found {cells.Length}."));
            }

            yield return new CsvRow(this, number, cells);
        }
    }

    public int Index(string name) => columns.TryGetValue(name, out var index) ? index : throw new InvalidDataException($"{Path}: column '{name}' is missing.");

    private static string[] Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (character != '\r')
            {
                cell.Append(character);
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}

/// <summary>One row of a table file.</summary>
internal readonly struct CsvRow(CsvRows file, int line, string[] cells)
{
    public int Line => line;

    public string Text(string column) => cells[file.Index(column)];

    public string? OptionalText(string column) => file.Has(column) && cells[file.Index(column)] is { Length: > 0 } text ? text : null;

    public int Whole(string column) => Number(column) is { } value && value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
        ? (int)value
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file.Path} line {line}, column '{column}': expected a whole number, found '{Text(column)}'."));

    /// <summary>The number in a column; null when the column is absent, empty or "?".</summary>
    public double? Number(string column)
    {
        var text = OptionalText(column);
        if (text is null or "?")
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file.Path} line {line}, column '{column}': expected a number, found '{text}'."));
    }
}
