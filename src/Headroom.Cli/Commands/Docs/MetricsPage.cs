using System.Globalization;
using System.Text;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Cli.Commands.Docs;

/// <summary>The page <c>docs/metrics.md</c>, written from the catalogue.</summary>
internal static class MetricsPage
{
    public const string Path = "docs/metrics.md";

    private static readonly (EntityKind Kind, string Title)[] Sections =
    [
        (EntityKind.Host, "Host"),
        (EntityKind.Cpu, "Logical CPU"),
        (EntityKind.NumaNode, "NUMA node"),
        (EntityKind.Disk, "Disk"),
        (EntityKind.NetworkInterface, "Network interface"),
        (EntityKind.Workload, "Workload"),
        (EntityKind.Gpu, "GPU"),
        (EntityKind.GpuProcess, "Process on a GPU"),
    ];

    public static string Render(MetricCatalogue catalogue)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Metrics

            Written by `headroom docs metrics` from the metric catalogue, version {catalogue.Version}. Do not edit.

            Names follow the OpenTelemetry semantic conventions where those have one, with mode or direction as the last part. Units are
            UCUM; ratios are 0 to 1. A **gauge** is a level at the moment of reading. A **rate** is a counter of the source turned into its
            increase per second: missing at the first reading and after a reset, never negative. A **state** is a code or a flag. What a machine
            cannot give is missing, never 0.

            | Kind of entity | Metrics |
            |---|---|

            """);
        foreach (var (kind, title) in Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{title}](#{Anchor(title)}) | {catalogue.For(kind).Count} |\n");
        }

        foreach (var (kind, title) in Sections)
        {
            Section(page, title, catalogue.For(kind));
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, IReadOnlyList<MetricDefinition> metrics)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
        foreach (var group in metrics.GroupBy(metric => metric.Group))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {title}: {group.Key}\n\n| Name | Unit | Kind | Meaning | Source |\n|---|---|---|---|---|\n");
            foreach (var metric in group)
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{metric.Name}` | `{metric.Unit}` | {metric.Kind.ToString().ToLowerInvariant()} | {Cell(metric.Description)} | {Cell(metric.Source)} |\n");
            }
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    private static string Anchor(string title) => title.ToLowerInvariant().Replace(' ', '-');
}
