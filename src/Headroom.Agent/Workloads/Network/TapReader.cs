using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Workloads.Network;

/// <summary>
/// Traffic of a virtual machine by its tap devices, which the files its process holds open name (<c>iff: vnet0</c> in
/// <c>/proc/PID/fdinfo</c>). What the host receives from a tap, the machine has sent.
/// </summary>
internal sealed class TapReader(KernelFiles files, WorkloadMembers members) : IWorkloadReader
{
    private const int TicksBetweenLooks = 30;
    private const int MostDescriptors = 512;

    private readonly List<string> _names = [];
    private List<Tap> _taps = [];
    private int _ticksUntilLook;

    public void Read(Entity entity)
    {
        if (_ticksUntilLook-- <= 0)
        {
            _ticksUntilLook = TicksBetweenLooks - 1;
            Look();
        }

        var sum = default(NetworkCounters);
        var any = false;
        foreach (var tap in _taps)
        {
            any |= tap.AddTo(ref sum);
        }

        if (any)
        {
            sum.SetOn(entity);
        }
    }

    public void Dispose() => _taps.ForEach(tap => tap.Dispose());

    private void Look()
    {
        var devices = new HashSet<string>();
        foreach (var pid in members.Pids)
        {
            _names.Clear();
            files.System.List($"/proc/{pid}/fdinfo", _names);
            foreach (var descriptor in _names.Take(MostDescriptors))
            {
                if (files.TryReadOnce($"/proc/{pid}/fdinfo/{descriptor}", out var content) && Device(content) is { } device)
                {
                    devices.Add(device);
                }
            }
        }

        if (!devices.SetEquals(_taps.Select(tap => tap.Device)))
        {
            Dispose();
            _taps = [.. devices.Select(device => new Tap(files, device))];
        }
    }

    private static string? Device(ReadOnlySpan<byte> description)
    {
        var at = description.IndexOf("iff:\t"u8);
        return at >= 0 && new Fields(description[(at + 5)..]).TryReadWord(out var name) ? Encoding.UTF8.GetString(name) : null;
    }

    private sealed class Tap(KernelFiles files, string device) : IDisposable
    {
        private readonly KernelFile[] _files =
            [.. new[] { "tx_bytes", "rx_bytes", "tx_packets", "rx_packets", "tx_dropped", "rx_dropped" }.Select(name => files.File($"/sys/class/net/{device}/statistics/{name}"))];

        public string Device => device;

        public bool AddTo(ref NetworkCounters sum)
        {
            if (!_files[0].TryReadSigned(out var received) || !_files[1].TryReadSigned(out var sent))
            {
                return false;
            }

            sum.ReceiveBytes += (ulong)received;
            sum.TransmitBytes += (ulong)sent;
            sum.ReceivePackets += Value(2);
            sum.TransmitPackets += Value(3);
            sum.ReceiveDropped += Value(4);
            sum.TransmitDropped += Value(5);
            return true;
        }

        public void Dispose() => Array.ForEach(_files, file => file.Dispose());

        private ulong Value(int index) => _files[index].TryReadSigned(out var value) ? (ulong)value : 0;
    }
}
