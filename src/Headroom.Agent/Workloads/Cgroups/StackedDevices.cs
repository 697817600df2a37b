using System.Buffers;
using System.Text;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// Block devices that lie on others (device mapper, RAID, loop). The kernel counts an operation on them and again on the devices
/// below, so a sum over devices leaves them out.
/// </summary>
internal sealed class StackedDevices(IFileSystem system)
{
    private const int LongestDevice = 15;

    private static readonly SearchValues<byte> DeviceBytes = SearchValues.Create("0123456789:"u8);

    private readonly Dictionary<ulong, bool> _known = [];
    private readonly List<string> _below = [];

    /// <summary>Whether a sum leaves a device out: it lies on another, or what is written is no device, which is "MAJOR:MINOR".</summary>
    public bool Excludes(ReadOnlySpan<byte> device)
    {
        if (device.Length > LongestDevice || device.IndexOfAnyExcept(DeviceBytes) >= 0 || device.Count((byte)':') != 1)
        {
            return true;
        }

        var key = 0UL;
        foreach (var digit in device)
        {
            key = (key * 11) + (digit == ':' ? 10u : (uint)(digit - '0'));
        }

        if (!_known.TryGetValue(key, out var isStacked))
        {
            var folder = $"/sys/dev/block/{Encoding.ASCII.GetString(device)}";
            _below.Clear();
            system.List($"{folder}/slaves", _below);
            isStacked = _below.Count > 0 || system.Exists($"{folder}/loop/backing_file");
            _known[key] = isStacked;
        }

        return isStacked;
    }
}
