using Headroom.Learning.Data;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>Finds the table that answers a question: in a folder of data sets, in the data set's own folder, or a file.</summary>
public static class PowerFiles
{
    /// <summary>The set at a path, or null where no table there has the layout of the question.</summary>
    /// <exception cref="InvalidDataException">A table of that layout holds something else than it should.</exception>
    public static PowerSet? Read(IPowerQuestion question, string path) =>
        Tables(question, path).Select(CsvTable.Read).FirstOrDefault(table => table.Has(question.Column)) is { } found ? question.Read(found) : null;

    private static IEnumerable<string> Tables(IPowerQuestion question, string path) => File.Exists(path)
        ? [path]
        : new[] { Path.Combine(path, question.Folder), path }.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder).Where(IsTable).Order(StringComparer.Ordinal));

    private static bool IsTable(string file) => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal);
}
