namespace Headroom.Oversubscription.Traces;

/// <summary>
/// Google 2011, 1,600 jobs over a day: five-minute CPU and memory in percent of what the job was promised. A job counts as one core
/// and one GiB.
/// </summary>
internal sealed class Google2011Reader : ITraceReader
{
    public string Name => "google2011";

    public IReadOnlyList<Resource> Resources { get; } = [Resource.Cpu, Resource.Memory];

    public FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed)
    {
        var column = resource == Resource.Cpu ? "cpu_pct" : "mem_pct";
        var vms = CsvTable.Read(Path.Combine(path, "vms.csv.gz"), "vm", "samples", "cpu_pct", "mem_pct")
            .Select(row => new VmSeries(row.Text("vm"), 1, 0, Array.ConvertAll(row.Series(column), percent => percent / 100)))
            .ToArray();
        var windows = vms.Max(vm => vm.Used.Length);
        return new FleetTrace(Name, resource, TimeSpan.FromMinutes(5), windows, HostGrouping.Group("host-", vms, windows, vmsPerHost, seed));
    }
}
