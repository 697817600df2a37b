using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Headroom.Cli.Reporting;

/// <summary>Prints a report: one JSON object for programs, tables for people.</summary>
public static class ReportWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes to standard output; with <paramref name="json"/> nothing but the JSON object.</summary>
    public static void Write(Report report, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, Options));
            return;
        }

        foreach (var table in report.Tables)
        {
            var grid = new Spectre.Console.Table().Title(Markup.Escape(table.Name)).Border(TableBorder.Rounded);
            foreach (var column in table.Columns)
            {
                grid.AddColumn(Markup.Escape(column));
            }

            foreach (var row in table.Rows)
            {
                grid.AddRow(row.Select(cell => Markup.Escape(Show(cell))).ToArray());
            }

            AnsiConsole.Write(grid);
        }

        foreach (var figure in report.Figures)
        {
            var versus = figure.Against is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"  against {figure.Against} {Show(figure.AgainstValue)} {figure.Unit}, ratio {Show(figure.Ratio)}");
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Name} = {Show(figure.Value)} {figure.Unit}{versus}"));
        }
    }

    private static string Show(object? cell) => cell switch
    {
        null => "–",
        double number => number.ToString("G5", CultureInfo.InvariantCulture),
        float number => number.ToString("G5", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
