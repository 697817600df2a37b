using Headroom.Learning.Data;

namespace Headroom.Interference.Importers;

/// <summary>A CSV file of a data folder, plain or gzip.</summary>
internal static class DataFile
{
    /// <summary>NAME.csv or NAME.csv.gz of a folder; null where there is neither.</summary>
    public static string? Find(string folder, string name) =>
        new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    public static bool Has(string folder, string name, params string[] columns) =>
        Find(folder, name) is { } path && CsvTable.ReadHeader(path) is var header && columns.All(header.Contains);

    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public static CsvTable Read(string folder, string name) => CsvTable.Read(
        Find(folder, name) ?? throw new InvalidDataException($"{folder}: expected {name}.csv or {name}.csv.gz, found neither."));

    /// <summary>A number as a feature: NaN where the cell is empty or the column missing.</summary>
    public static float Feature(this CsvTable table, int row, string column) =>
        table.Has(column) ? (float)(table.Number(row, column) ?? double.NaN) : float.NaN;

    /// <summary>The text of a cell; null where it is empty or the column missing.</summary>
    public static string? OptionalText(this CsvTable table, int row, string column) =>
        table.Has(column) && table.Text(row, column) is { Length: > 0 } text ? text : null;

    public static double? OptionalNumber(this CsvTable table, int row, string column) => table.Has(column) ? table.Number(row, column) : null;
}
