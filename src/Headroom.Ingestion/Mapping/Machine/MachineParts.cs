using Headroom.Ingestion.Series;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Mapping.Machine;

/// <summary>The host a series is about, and its parts, under the keys the agent gives them.</summary>
internal static class MachineParts
{
    private const string HostKey = "host";
    private const string CpuPrefix = "cpu";

    public static EntityReference Host(SeriesIdentity series)
    {
        var name = HostName.Of(series);
        return new EntityReference(name, EntityKind.Host, HostKey, name);
    }

    /// <summary>A logical CPU by its number, written <c>3</c> or <c>cpu3</c>.</summary>
    public static EntityReference Cpu(SeriesIdentity series, string number)
    {
        var key = number.StartsWith(CpuPrefix, StringComparison.Ordinal) ? number : CpuPrefix + number;
        return new EntityReference(HostName.Of(series), EntityKind.Cpu, key, key, HostKey);
    }

    public static EntityReference Disk(SeriesIdentity series, string device) => new(HostName.Of(series), EntityKind.Disk, device, device, HostKey)
    {
        Attributes = new Dictionary<string, string> { ["disk.physical"] = YesNo(DeviceNames.IsPhysicalDisk(device)) },
    };

    public static EntityReference Interface(SeriesIdentity series, string device) => new(HostName.Of(series), EntityKind.NetworkInterface, device, device, HostKey)
    {
        Attributes = new Dictionary<string, string>
        {
            ["network.interface.name"] = device,
            ["network.interface.physical"] = YesNo(DeviceNames.IsPhysicalInterface(device)),
        },
    };

    /// <summary>A GPU by its UUID, or by its number where the sender does not give that.</summary>
    public static EntityReference Gpu(SeriesIdentity series, string key, string? model, string? number)
    {
        var attributes = new Dictionary<string, string>();
        if (model is not null)
        {
            attributes["hw.model"] = model;
        }

        if (number is not null)
        {
            attributes["hw.gpu.index"] = number;
        }

        return new EntityReference(HostName.Of(series), EntityKind.Gpu, key, $"{model ?? "GPU"} #{number ?? key}", HostKey) { Attributes = attributes };
    }

    private static string YesNo(bool value) => value ? "true" : "false";
}
