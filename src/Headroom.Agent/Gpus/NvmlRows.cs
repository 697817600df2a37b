using System.Runtime.InteropServices;

namespace Headroom.Agent.Gpus;

/// <summary>Structs of nvml.h that calls fill, in the layout of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlUtilization
{
    public uint Gpu;
    public uint Memory;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlMemory
{
    /// <summary>Size of the struct and its version in the highest byte.</summary>
    public uint Version;
    public ulong Total;
    public ulong Reserved;
    public ulong Free;
    public ulong Used;

    public static NvmlMemory Empty => new() { Version = 40 | (2u << 24) };
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlWindow
{
    public ulong Total;
    public ulong Free;
    public ulong Used;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlViolation
{
    public ulong ReferenceMicroseconds;
    public ulong ViolationNanoseconds;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlFieldValue
{
    public uint Field;
    public uint Scope;
    public long Timestamp;
    public long LatencyMicroseconds;
    public uint ValueType;
    public int Result;
    public ulong Bits;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlProcess
{
    public uint Pid;
    public ulong UsedMemory;
    public uint GpuInstance;
    public uint ComputeInstance;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlProcessUtilization
{
    public uint Pid;
    public ulong TimestampMicroseconds;
    public uint Sm;
    public uint Memory;
    public uint Encoder;
    public uint Decoder;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlGpmSupport
{
    public uint Version;
    public uint IsSupported;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlGpmMetric
{
    public uint Metric;
    public int Result;
    public double Value;
    public nint ShortName;
    public nint LongName;
    public nint Unit;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NvmlEvent
{
    public nint Device;
    public ulong EventType;
    public ulong EventData;
    public uint GpuInstance;
    public uint ComputeInstance;
}
