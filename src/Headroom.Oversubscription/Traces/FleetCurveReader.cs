namespace Headroom.Oversubscription.Traces;

/// <summary>
/// One curve of a whole fleet over days: Alibaba 2018 (mean over about 4,000 machines every 30 s), Google 2019 and Azure 2019 (every
/// five minutes for a month). The fleet is one host with one machine; what it was promised is its capacity where the curve is a share
/// of it, and its highest use where the trace does not say more (Azure).
/// </summary>
internal sealed class FleetCurveReader(string name, string file, TimeSpan step, string cpuColumn, string? memoryColumn, double? promised) : ITraceReader
{
    public string Name => name;

    public IReadOnlyList<Resource> Resources { get; } = memoryColumn is null ? [Resource.Cpu] : [Resource.Cpu, Resource.Memory];

    public FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed)
    {
        var column = resource == Resource.Cpu ? cpuColumn : memoryColumn ?? throw new TraceException($"{name} records no memory");
        var used = CsvTable.Read(Path.Combine(path, file), column).Select(row => (float)row.Number(column)).ToArray();
        var vm = new VmSeries("fleet", promised ?? used.Max(), 0, used);
        return new FleetTrace(name, resource, step, used.Length, [new HostSeries("fleet", [vm], used.Length)]);
    }
}
