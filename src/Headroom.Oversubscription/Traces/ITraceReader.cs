namespace Headroom.Oversubscription.Traces;

/// <summary>Reads one layout of trace files.</summary>
public interface ITraceReader
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Resources that the trace records.</summary>
    IReadOnlyList<Resource> Resources { get; }

    /// <summary>Reads the trace in a folder or file.</summary>
    /// <exception cref="TraceException">A file is missing or not of this layout.</exception>
    FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed);
}
