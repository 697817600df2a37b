using System.Text.Json.Serialization;

namespace Headroom.Cli.Reporting;

/// <summary>The one shape of every <c>--json</c> output.</summary>
/// <param name="Command">The command as it was given, without the program's name.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Seed">Seed of everything random in it.</param>
/// <param name="Figures">Named numbers.</param>
/// <param name="Tables">Named tables.</param>
public sealed record Report(
    string Command,
    Machine Machine,
    int Seed,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Table> Tables);

/// <summary>One number, and where there is one the rival or limit measured in the same run.</summary>
/// <param name="Name">Stable name, for example <c>ingest.native</c>.</param>
/// <param name="Value">The number; null when it could not be measured.</param>
/// <param name="Unit">Its unit, <c>ratio</c> for a ratio.</param>
/// <param name="Against">What it is held against.</param>
/// <param name="AgainstValue">The rival's or limit's number, in the same unit.</param>
/// <param name="Ratio">Value over AgainstValue.</param>
public sealed record Figure(
    string Name,
    double? Value,
    string Unit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Against = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? AgainstValue = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ratio = null)
{
    /// <summary>A figure beside its rival or limit, with the ratio worked out.</summary>
    public static Figure Versus(string name, double value, string unit, string against, double againstValue) =>
        new(name, value, unit, against, againstValue, againstValue == 0 ? null : value / againstValue);
}

/// <summary>A table: every row has one cell per column, a string, a number or null.</summary>
public sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
