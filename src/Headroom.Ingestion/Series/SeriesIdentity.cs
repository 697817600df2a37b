namespace Headroom.Ingestion.Series;

/// <summary>A series as its sender names it.</summary>
/// <param name="Name">Metric name.</param>
/// <param name="Kind">What the sender says about its values.</param>
/// <param name="Labels">Prometheus labels, or OpenTelemetry resource attributes overlaid by the attributes of the data point.</param>
internal sealed record SeriesIdentity(string Name, PointKind Kind, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The first of <paramref name="names"/> that has a non-empty value, or null.</summary>
    public string? Label(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Labels.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }
}
