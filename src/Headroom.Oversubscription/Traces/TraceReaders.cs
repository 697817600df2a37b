namespace Headroom.Oversubscription.Traces;

/// <summary>Every layout that can be read, by name.</summary>
public static class TraceReaders
{
    public static IReadOnlyList<ITraceReader> All { get; } =
    [
        new BitbrainsReader(),
        new PlanetLabReader(),
        new Google2011Reader(),
        new CsvTraceReader(),
    ];

    /// <exception cref="TraceException">No layout has this name.</exception>
    public static ITraceReader Find(string name) => All.FirstOrDefault(reader => reader.Name == name)
        ?? throw new TraceException($"expected one of {string.Join(", ", All.Select(reader => reader.Name))}, got '{name}'");
}
