using System.Globalization;

namespace Headroom.Oversubscription.Packing;

/// <summary>A machine that does not exist yet.</summary>
/// <param name="Name">Its name in the answer.</param>
/// <param name="Cores">Cores that it is promised.</param>
/// <param name="Gibibytes">GiB that it is promised.</param>
/// <param name="UsedShare">Share of that promise it is expected to use at most; 1 counts it in full, as for every machine without a past.</param>
public sealed record MachineShape(string Name, double Cores, double Gibibytes, double UsedShare = 1)
{
    /// <summary>Columns of a line of a list.</summary>
    public const string Columns = "name, cores, GiB, used % (100 where left out)";

    private const int FewestColumns = 3;
    private const int MostColumns = 4;

    /// <summary>Whether a machine can have this shape.</summary>
    internal bool IsOne => Cores > 0 && Gibibytes > 0 && UsedShare is > 0 and <= 1;

    /// <summary>Reads a list, a machine a line, as <see cref="Columns"/>; empty lines are passed over.</summary>
    /// <exception cref="ArgumentException">A line is not one; the message names it.</exception>
    public static IReadOnlyList<MachineShape> ParseList(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries).Index().Where(line => line.Item.Length > 0).Select(line => Parse(line.Item, line.Index + 1))];

    private static MachineShape Parse(string line, int number)
    {
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        var numbers = cells.Skip(1).Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray();
        return cells.Length is >= FewestColumns and <= MostColumns && !numbers.Any(double.IsNaN)
            ? new MachineShape(cells[0], numbers[0], numbers[1], numbers.Length == MostColumns - 1 ? numbers[2] / 100 : 1)
            : throw new ArgumentException($"line {number} of the list: expected {Columns}, got '{line}'");
    }
}
