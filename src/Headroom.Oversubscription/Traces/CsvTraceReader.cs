namespace Headroom.Oversubscription.Traces;

/// <summary>
/// Any trace as one CSV file, plain or gzip, with the columns <c>host</c> (may be empty: then machines are grouped at random),
/// <c>vm</c>, <c>t_unix</c> (seconds), <c>requested</c> and <c>used</c> (both in cores or GiB). The smallest distance between two times
/// of a machine is the window.
/// </summary>
internal sealed class CsvTraceReader : ITraceReader
{
    public string Name => "csv";

    public IReadOnlyList<Resource> Resources { get; } = [Resource.Cpu, Resource.Memory];

    public FleetTrace Read(string path, Resource resource, int vmsPerHost, int seed)
    {
        var rows = CsvTable.Read(path, "host", "vm", "t_unix", "requested", "used")
            .Select(row => (Host: row.Text("host"), Vm: row.Text("vm"), At: (long)row.Number("t_unix"), Requested: row.Number("requested"), Used: row.Number("used")))
            .ToArray();
        if (rows.Length == 0)
        {
            throw new TraceException($"{path} has no rows below its header");
        }

        var machines = rows.GroupBy(row => (row.Host, row.Vm)).Select(machine => machine.OrderBy(row => row.At).ToArray()).ToArray();
        var step = machines
            .SelectMany(machine => machine.Zip(machine.Skip(1), (earlier, later) => later.At - earlier.At))
            .Where(distance => distance > 0)
            .DefaultIfEmpty(300)
            .Min();
        var start = rows.Min(row => row.At);
        var windows = (int)((rows.Max(row => row.At) - start) / step) + 1;
        var hosts = machines
            .GroupBy(machine => machine[0].Host)
            .SelectMany(host =>
            {
                var vms = host.Select(machine => Align(machine[0].Vm, machine.Max(row => row.Requested), machine.Select(row => ((int)((row.At - start) / step), row.Used)).ToArray())).ToArray();
                return host.Key.Length > 0 ? [new HostSeries(host.Key, vms, windows)] : HostGrouping.Group("host-", vms, windows, vmsPerHost, seed);
            })
            .ToArray();
        return new FleetTrace(Path.GetFileName(path), resource, TimeSpan.FromSeconds(step), windows, hosts);
    }

    private static VmSeries Align(string id, double requested, (int Window, double Used)[] samples)
    {
        var first = samples[0].Window;
        var used = new float[samples[^1].Window - first + 1];
        var next = 0;
        for (var window = 0; window < used.Length; window++)
        {
            var last = window == 0 ? 0 : used[window - 1];
            while (next < samples.Length && samples[next].Window - first <= window)
            {
                last = (float)samples[next++].Used;
            }

            used[window] = last;
        }

        return new VmSeries(id, requested, first, used);
    }
}
