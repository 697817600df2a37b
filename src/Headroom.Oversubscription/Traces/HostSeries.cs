namespace Headroom.Oversubscription.Traces;

/// <summary>The virtual machines that share a host, and what they use together.</summary>
public sealed class HostSeries
{
    private readonly double[] _total;
    private readonly double[] _requested;

    /// <summary>Adds up the machines over the windows [0, <paramref name="windows"/>).</summary>
    public HostSeries(string name, IReadOnlyList<VmSeries> vms, int windows)
    {
        Name = name;
        Vms = vms;
        _total = new double[windows];
        _requested = new double[windows];
        foreach (var vm in vms)
        {
            for (var window = Math.Max(vm.FirstWindow, 0); window < Math.Min(vm.FirstWindow + vm.Used.Length, windows); window++)
            {
                _total[window] += vm.Used[window - vm.FirstWindow];
                _requested[window] += vm.Requested;
            }
        }
    }

    public string Name { get; }

    public IReadOnlyList<VmSeries> Vms { get; }

    /// <summary>Joint use per window.</summary>
    public ReadOnlySpan<double> Total => _total;

    /// <summary>Sum of what the machines present in a window were promised.</summary>
    public ReadOnlySpan<double> Requested => _requested;
}
