using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Headroom.Learning.Data;

/// <summary>A comma-separated file with a header line (RFC 4180 quoting), plain or gzip.</summary>
public sealed class CsvTable
{
    private readonly string _path;
    private readonly Dictionary<string, int> _columns;
    private readonly List<string[]> _rows;

    private CsvTable(string path, string[] header, List<string[]> rows)
    {
        (_path, _rows, Header) = (path, rows, header);
        _columns = header.Select((name, index) => (name, index)).ToDictionary(column => column.name, column => column.index);
    }

    public IReadOnlyList<string> Header { get; }

    public int Count => _rows.Count;

    /// <exception cref="InvalidDataException">The file has no header, or a row has another number of cells.</exception>
    public static CsvTable Read(string path)
    {
        using var reader = Open(path);
        var header = ReadRow(reader) ?? throw new InvalidDataException($"{path}: expected a header line, the file is empty.");
        var rows = new List<string[]>();
        while (ReadRow(reader) is { } row)
        {
            if (row.Length != header.Length)
            {
                throw new InvalidDataException($"{path}, row {rows.Count + 2}: expected {header.Length} cells, got {row.Length}.");
            }

            rows.Add(row);
        }

        return new CsvTable(path, header, rows);
    }

    /// <summary>The names of the columns, without reading the rows.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static IReadOnlyList<string> ReadHeader(string path)
    {
        using var reader = Open(path);
        return ReadRow(reader) ?? throw new InvalidDataException($"{path}: expected a header line, the file is empty.");
    }

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Place of a column.</summary>
    /// <exception cref="InvalidDataException">There is no such column; the message lists those there are.</exception>
    public int Column(string name) => _columns.TryGetValue(name, out var index)
        ? index
        : throw new InvalidDataException($"{_path}: expected a column '{name}', found {string.Join(", ", Header)}.");

    public string Text(int row, int column) => _rows[row][column];

    public string Text(int row, string column) => _rows[row][Column(column)];

    /// <summary>A number, or null for an empty cell.</summary>
    /// <exception cref="InvalidDataException">The cell holds something else.</exception>
    public double? Number(int row, int column)
    {
        var text = _rows[row][column];
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : throw new InvalidDataException($"{_path}, row {row + 2}, column {Header[column]}: expected a number, got '{text}'.");
    }

    public double? Number(int row, string column) => Number(row, Column(column));

    /// <exception cref="InvalidDataException">The cell is empty or holds something else.</exception>
    public double RequiredNumber(int row, string column) => Number(row, column)
        ?? throw new InvalidDataException($"{_path}, row {row + 2}, column {column}: expected a number, the cell is empty.");

    private static StreamReader Open(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
    }

    private static string[]? ReadRow(StreamReader reader)
    {
        var line = reader.ReadLine();
        if (line is null || !line.Contains('"', StringComparison.Ordinal))
        {
            return line?.Split(',');
        }

        while (line.Count(character => character == '"') % 2 == 1 && reader.ReadLine() is { } more)
        {
            line = $"{line}\n{more}";
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (character == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                cell.Append('"');
                index++;
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(character);
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}
