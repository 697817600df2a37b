namespace Headroom.Oversubscription.Traces;

/// <summary>A public trace.</summary>
/// <param name="Name">Name on the command line and the page.</param>
/// <param name="Folder">Folder of the data set.</param>
/// <param name="Title">What it is, for people.</param>
public sealed record NamedTrace(string Name, string Folder, string Title)
{
    /// <summary>Resources that it records.</summary>
    public IReadOnlyList<Resource> Resources => TraceReaders.Find(Name).Resources;
}

/// <summary>Every public trace that can be replayed, by name.</summary>
public static class NamedTraces
{
    private const string Aggregates = "datacenter-aggregates";

    public static IReadOnlyList<NamedTrace> All { get; } =
    [
        new("bitbrains", "vm-telemetry-bitbrains", "Bitbrains 2013: 100 business machines, a month"),
        new("planetlab", "vm-cpu-planetlab", "PlanetLab 2011: 11,746 machine days"),
        new("google2011", "vm-cpu-memory-google2011", "Google 2011: 1,600 jobs, a day"),
        new("alibaba2018", Aggregates, "Alibaba 2018: mean of 4,000 machines, 8 days"),
        new("google2019", Aggregates, "Google 2019: mean of a cluster, a month"),
        new("azure2019", Aggregates, "Azure 2019: sum of 2.7 million machines, a month"),
    ];

    /// <summary>Reads a named trace below the folder of the data sets, or else a CSV file (<see cref="CsvTraceReader"/>).</summary>
    /// <exception cref="TraceException">The trace does not record the resource, is not there or not of its layout.</exception>
    public static FleetTrace Read(string trace, Func<string> datasets, Resource resource, int vmsPerHost, int seed)
    {
        var named = All.FirstOrDefault(candidate => candidate.Name == trace);
        var reader = TraceReaders.Find(named?.Name ?? "csv");
        return reader.Resources.Contains(resource)
            ? reader.Read(named is null ? trace : Path.Combine(datasets(), named.Folder), resource, vmsPerHost, seed)
            : throw new TraceException($"{trace} records {string.Join(", ", reader.Resources)}, not {resource}");
    }
}
