using System.Globalization;

namespace Headroom.Web.Api.Telemetry;

/// <summary>One metric of one entity.</summary>
public readonly record struct SeriesKey(int HostId, int EntityId, string Metric)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostId}:{EntityId}:{Metric}");
}

/// <summary>Reads the <c>s</c> parameters of an address: <c>s=host:entity:metric,metric,…</c>, repeated per entity.</summary>
internal static class SeriesQuery
{
    /// <summary>The keys in the order they were asked for, or what is wrong.</summary>
    public static (IReadOnlyList<SeriesKey> Keys, string? Problem) Parse(IReadOnlyList<string> parameters, int most)
    {
        var keys = new List<SeriesKey>();
        foreach (var parameter in parameters)
        {
            var parts = parameter.Split(':', 3);
            if (parts.Length != 3
                || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var host)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var entity))
            {
                return ([], $"s: expected host:entity:metric,metric with numbers for host and entity, got '{parameter}'.");
            }

            keys.AddRange(parts[2].Split(',').Select(metric => new SeriesKey(host, entity, metric)));
            if (keys.Count > most)
            {
                return ([], $"s: expected at most {most} series in one request, got more.");
            }
        }

        return keys.Count == 0 ? ([], "s: expected at least one series as s=host:entity:metric, got none.") : (keys, null);
    }
}
