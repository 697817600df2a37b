namespace Headroom.Oversubscription.Traces;

/// <summary>
/// PlanetLab, ten days of 2011: a row per virtual machine and day with 288 five-minute CPU percentages. A machine counts as one
/// core. Machines of one day share hosts; the days stand beside each other, since the trace does not say who lives on.
/// </summary>
internal sealed class PlanetLabReader : ITraceReader
{
    private const int WindowsPerDay = 288;

    public string Name => "planetlab";

    public IReadOnlyList<Resource> Resources { get; } = [Resource.Cpu];

    public FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed)
    {
        var hosts = CsvTable.Read(Path.Combine(path, "cpu.csv.gz"), "date", "vm", "cpu_pct_288")
            .Select(row => (Date: row.Text("date"), Vm: new VmSeries(row.Text("vm"), 1, 0, Array.ConvertAll(row.Series("cpu_pct_288"), percent => percent / 100))))
            .Where(row => row.Vm.Used.Length == WindowsPerDay)
            .GroupBy(row => row.Date)
            .SelectMany(day => HostGrouping.Group($"{day.Key}-", day.Select(row => row.Vm).ToArray(), WindowsPerDay, vmsPerHost, seed))
            .ToArray();
        return new FleetTrace(Name, resource, TimeSpan.FromMinutes(5), WindowsPerDay, hosts);
    }
}
