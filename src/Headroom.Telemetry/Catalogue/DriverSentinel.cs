namespace Headroom.Telemetry.Catalogue;

/// <summary>
/// Numbers by which GPU drivers and exporters say "I have no value". dcgm-exporter is known to publish them as data: its own
/// README shows a memory temperature of 9223372036854775794.
/// </summary>
public static class DriverSentinel
{
    /// <summary>DCGM's blank 64-bit integer; the fifteen above it say why (not found, not supported, not permitted).</summary>
    private const ulong DcgmInt64Blank = 0x7FFF_FFFF_FFFF_FFF0;

    /// <summary>DCGM's blank 32-bit integer, and the fifteen above it.</summary>
    private const ulong DcgmInt32Blank = 0x7FFF_FFF0;

    /// <summary>DCGM's blank floating-point number, 2^47, and the fifteen above it.</summary>
    private const double DcgmFloatBlank = 140_737_488_355_328;

    private const int BlankCount = 16;

    /// <summary>Whether a 32-bit number of NVML or DCGM stands for "no value".</summary>
    public static bool IsSentinel(uint value) => value == uint.MaxValue || value - (uint)DcgmInt32Blank < BlankCount;

    /// <summary>Whether a 64-bit number of NVML or DCGM stands for "no value".</summary>
    public static bool IsSentinel(ulong value) => value == ulong.MaxValue || value - DcgmInt64Blank < BlankCount;

    /// <summary>Whether a number that came as floating point, as from an exporter, stands for "no value".</summary>
    public static bool IsSentinel(double value) =>
        !double.IsFinite(value)
        || value is >= DcgmFloatBlank and < DcgmFloatBlank + BlankCount
        || value is >= DcgmInt32Blank and < DcgmInt32Blank + BlankCount

        // As a double the 64-bit blanks all round to 2^63, and NVML's to 2^64.
        || value is 9_223_372_036_854_775_808.0 or 18_446_744_073_709_551_616.0;
}
