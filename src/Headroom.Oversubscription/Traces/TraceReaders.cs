namespace Headroom.Oversubscription.Traces;

/// <summary>Every layout that can be read, by name.</summary>
public static class TraceReaders
{
    public static IReadOnlyList<ITraceReader> All { get; } =
    [
        new BitbrainsReader(),
        new PlanetLabReader(),
        new Google2011Reader(),
        new FleetCurveReader("alibaba2018", "alibaba2018_30s.csv.gz", TimeSpan.FromSeconds(30), "cpu_util_percent", "mem_util_percent", 100),
        new FleetCurveReader("google2019", "google2019_300s.csv.gz", TimeSpan.FromMinutes(5), "avg_cpu", "avg_mem", 1),
        new FleetCurveReader("azure2019", "azure2019_300s.csv.gz", TimeSpan.FromMinutes(5), "cpu_usage", null, null),
        new CsvTraceReader(),
    ];

    /// <exception cref="TraceException">No layout has this name.</exception>
    public static ITraceReader Find(string name) => All.FirstOrDefault(reader => reader.Name == name)
        ?? throw new TraceException($"expected one of {string.Join(", ", All.Select(reader => reader.Name))}, got '{name}'");
}
