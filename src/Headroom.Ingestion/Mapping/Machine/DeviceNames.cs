using System.Text.RegularExpressions;

namespace Headroom.Ingestion.Mapping.Machine;

/// <summary>
/// What the name of a device tells. A foreign sender does not say whether a device stands for hardware, which decides whether the
/// host's totals count it; counting a bridge or a RAID beside its members would count the same bytes twice.
/// </summary>
internal static partial class DeviceNames
{
    /// <summary>Whether the name is a disk of its own: no partition, loop device or RAM disk.</summary>
    public static bool IsDisk(string device) => !NoDisk().IsMatch(device);

    public static bool IsPhysicalDisk(string device) => IsDisk(device) && !StackedDisk().IsMatch(device);

    public static bool IsPhysicalInterface(string device) => !VirtualInterface().IsMatch(device);

    [GeneratedRegex(@"^(z?ram|loop|fd)\d+$|^([hsv]|xv)d[a-z]+\d+$|^(nvme\d+n|mmcblk)\d+p\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex NoDisk();

    [GeneratedRegex(@"^(dm-|md|drbd|nbd|rbd|bcache|zd)\d", RegexOptions.CultureInvariant)]
    private static partial Regex StackedDisk();

    [GeneratedRegex(@"^(lo$|veth|docker|br-?\d|br-|virbr|vnet|tap|tun|wg|ifb|dummy|bond|team|cni|flannel|cali|cilium|lxc|lxd|kube|nodelocaldns|vxlan|geneve|ip6?tnl|sit|gre|ovs|podman|tailscale|vlan|macvlan)|[.@]", RegexOptions.CultureInvariant)]
    private static partial Regex VirtualInterface();
}
