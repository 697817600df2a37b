using System.Runtime.InteropServices;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>The kernel's <c>struct perf_event_attr</c> in its fifth size, which every kernel since 4.1 takes; perf_event_open(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PerfEventAttribute
{
    public const uint StructSize = 112;

    /// <summary>Bit "inherit" of the flags: threads and children started later count too.</summary>
    public const ulong InheritFlag = 1 << 1;

    public const ulong FormatTimeEnabled = 1;
    public const ulong FormatTimeRunning = 2;
    public const ulong FormatGroup = 8;

    public uint Type;
    public uint Size;
    public ulong Config;
    public ulong SamplePeriod;
    public ulong SampleType;
    public ulong ReadFormat;
    public ulong Flags;
    public uint WakeupEvents;
    public uint BreakpointType;
    public ulong Config1;
    public ulong Config2;
    public ulong BranchSampleType;
    public ulong SampleRegistersUser;
    public uint SampleStackUser;
    public int ClockId;
    public ulong SampleRegistersInterrupt;
    public uint AuxiliaryWatermark;
    public ushort SampleMaxStack;
    public ushort Reserved;
}
