namespace Headroom.Oversubscription.Traces;

/// <summary>What is promised to virtual machines and may be promised more than once.</summary>
public enum Resource
{
    /// <summary>CPU, in cores.</summary>
    Cpu,

    /// <summary>Memory, in GiB.</summary>
    Memory,
}
