using Headroom.Learning.Data;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>Builds a <see cref="PowerSet"/> column by column from a table.</summary>
internal sealed class Columns(CsvTable table)
{
    private readonly List<string> _names = [];
    private readonly List<float[]> _values = [];

    /// <summary>A column worked out per row; null becomes NaN, the features' sign for missing.</summary>
    public Columns Add(string name, Func<int, double?> value)
    {
        _names.Add(name);
        _values.Add([.. Enumerable.Range(0, table.Count).Select(row => value(row) is { } number && double.IsFinite(number) ? (float)number : float.NaN)]);
        return this;
    }

    /// <summary>A column as it is in the file.</summary>
    public Columns AddRaw(string name) => Add(name, row => table.Number(row, name));

    /// <summary>One column per choice, 1 where the text equals it.</summary>
    public Columns AddChoices(string column, params IEnumerable<string> choices)
    {
        foreach (var choice in choices)
        {
            Add($"{column}={choice}", row => table.Text(row, column) == choice ? 1 : 0);
        }

        return this;
    }

    public PowerSet ToSet(string target, Func<int, string> group) => new(
        new TabularSet(
            _names,
            [.. Enumerable.Range(0, table.Count).Select(row => _values.Select(column => column[row]).ToArray())],
            [.. Enumerable.Range(0, table.Count).Select(row => table.RequiredNumber(row, target))],
            [.. Enumerable.Range(0, table.Count).Select(group)]),
        SplitsOf(table));

    public static IReadOnlyList<string?> SplitsOf(CsvTable table) =>
        [.. Enumerable.Range(0, table.Count).Select(row => table.Has("split") ? table.Text(row, "split") : null)];
}
