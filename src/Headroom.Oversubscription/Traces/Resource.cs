using System.Text.Json.Serialization;

namespace Headroom.Oversubscription.Traces;

/// <summary>What is promised to virtual machines and may be promised more than once.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Resource>))]
public enum Resource
{
    /// <summary>CPU, in cores.</summary>
    Cpu,

    /// <summary>Memory, in GiB.</summary>
    Memory,
}
