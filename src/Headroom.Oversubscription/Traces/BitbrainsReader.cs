namespace Headroom.Oversubscription.Traces;

/// <summary>
/// Bitbrains, August 2013: five-minute CPU (percent of the promised capacity) and memory (MiB) of 100 virtual machines, with their
/// promised cores and memory. A window without a sample takes the machine's last value.
/// </summary>
internal sealed class BitbrainsReader : ITraceReader
{
    private const string Month = "2013-8";
    private const int StepSeconds = 300;
    private const double KibibytesPerGibibyte = 1 << 20;
    private const double MebibytesPerGibibyte = 1 << 10;

    public string Name => "bitbrains";

    public IReadOnlyList<Resource> Resources { get; } = [Resource.Cpu, Resource.Memory];

    public FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed)
    {
        var promised = CsvTable.Read(Path.Combine(path, "vms.csv.gz"), "month", "vm", "cpu_cores", "mem_provisioned_kb")
            .Where(row => row.Text("month") == Month)
            .ToDictionary(
                row => row.Text("vm"),
                row => resource == Resource.Cpu ? row.Number("cpu_cores") : row.Number("mem_provisioned_kb") / KibibytesPerGibibyte);
        var samples = CsvTable.Read(Path.Combine(path, "fivemin_2013-08_100vms.csv.gz"), "vm", "t_unix", "cpu_pct", "mem_used_mib")
            .Select(row => (
                Vm: row.Text("vm"),
                Slot: (long)row.Number("t_unix") / StepSeconds,
                Value: resource == Resource.Cpu ? row.Number("cpu_pct") / 100 : row.Number("mem_used_mib") / MebibytesPerGibibyte))
            .Where(sample => promised.TryGetValue(sample.Vm, out var request) && request > 0)
            .GroupBy(sample => sample.Vm)
            .ToArray();
        var start = samples.Min(vm => vm.Min(sample => sample.Slot));
        var windows = (int)(samples.Max(vm => vm.Max(sample => sample.Slot)) - start + 1);
        var vms = samples
            .Select(vm => Align(vm.Key, promised[vm.Key], vm.Select(sample => ((int)(sample.Slot - start), sample.Value)), resource))
            .ToArray();
        return new FleetTrace(Name, resource, TimeSpan.FromSeconds(StepSeconds), windows, HostGrouping.Group("host-", vms, windows, vmsPerHost, seed));
    }

    private static VmSeries Align(string id, double promised, IEnumerable<(int Window, double Value)> samples, Resource resource)
    {
        var scale = resource == Resource.Cpu ? promised : 1;
        var ordered = samples.OrderBy(sample => sample.Window).ToArray();
        var first = ordered[0].Window;
        var used = new float[ordered[^1].Window - first + 1];
        var next = 0;
        for (var window = 0; window < used.Length; window++)
        {
            var last = window == 0 ? 0 : used[window - 1];
            while (next < ordered.Length && ordered[next].Window - first <= window)
            {
                last = (float)(ordered[next++].Value * scale);
            }

            used[window] = last;
        }

        return new VmSeries(id, promised, first, used);
    }
}
