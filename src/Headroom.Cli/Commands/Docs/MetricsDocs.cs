using System.CommandLine;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Cli.Commands.Docs;

/// <summary><c>docs metrics</c>: writes the page that lists every metric.</summary>
internal static class MetricsDocs
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = $"File to write (default {MetricsPage.Path}, from the current folder).", DefaultValueFactory = _ => MetricsPage.Path };
        var command = new Command("metrics", "Write the page that lists every metric of the catalogue.") { output };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(output)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, MetricsPage.Render(MetricCatalogue.Current));
            Console.Out.WriteLine(path);
            return 0;
        });
        return command;
    }
}
