using System.Globalization;
using System.IO.Compression;

namespace Headroom.Oversubscription.Traces;

/// <summary>Rows of a comma-separated file, plain or gzip, with named columns.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly Dictionary<string, int> _columns;

    private CsvTable(string path, Dictionary<string, int> columns, IReadOnlyList<string> header)
    {
        _path = path;
        _columns = columns;
        Header = header;
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Reads row by row.</summary>
    /// <exception cref="TraceException">The file is missing or empty.</exception>
    public static IEnumerable<Row> Read(string path, params string[] expected)
    {
        if (!File.Exists(path))
        {
            throw new TraceException($"expected the file {path}, which does not exist");
        }

        using Stream file = File.OpenRead(path);
        using var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        var header = reader.ReadLine()?.Split(',') ?? throw new TraceException($"{path} is empty; expected a header line");
        var missing = expected.Except(header).ToArray();
        if (missing.Length > 0)
        {
            throw new TraceException($"{path} lacks the columns {string.Join(", ", missing)}; it has {string.Join(", ", header)}");
        }

        var table = new CsvTable(path, header.Select((name, index) => (name, index)).ToDictionary(column => column.name, column => column.index), header);
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            var cells = text.Split(',');
            if (cells.Length != header.Length)
            {
                throw new TraceException($"{path} line {line}: expected {header.Length} columns, got {cells.Length}");
            }

            yield return new Row(table, line, cells);
        }
    }

    /// <summary>One row.</summary>
    internal readonly struct Row(CsvTable table, int line, string[] cells)
    {
        public string Text(string column) => cells[table._columns[column]];

        public double Number(string column) => double.TryParse(Text(column), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new TraceException($"{table._path} line {line}: expected a number in '{column}', got '{Text(column)}'");

        /// <summary>Numbers parted by blanks.</summary>
        public float[] Series(string column)
        {
            var words = Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var series = new float[words.Length];
            for (var index = 0; index < words.Length; index++)
            {
                if (!float.TryParse(words[index], CultureInfo.InvariantCulture, out series[index]) || !float.IsFinite(series[index]))
                {
                    throw new TraceException($"{table._path} line {line}: expected numbers in '{column}', got '{words[index]}'");
                }
            }

            return series;
        }
    }
}
