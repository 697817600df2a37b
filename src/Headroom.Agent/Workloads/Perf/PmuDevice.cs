using System.Globalization;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>
/// The core's PMU in sysfs: named events (<c>events/topdown-retiring</c> holds "event=0x00,umask=0x80") and where their terms go
/// (<c>format/umask</c> holds "config:8-15").
/// </summary>
internal sealed class PmuDevice(KernelFiles files, string folder, uint type)
{
    /// <summary>The PMU of the cores: <c>cpu</c>, or <c>cpu_core</c> where there are two kinds of cores. Null when the machine shows none.</summary>
    public static PmuDevice? Find(KernelFiles files)
    {
        foreach (var name in (ReadOnlySpan<string>)["cpu", "cpu_core"])
        {
            var folder = $"/sys/bus/event_source/devices/{name}";
            if (uint.TryParse(files.ReadText($"{folder}/type"), NumberStyles.None, CultureInfo.InvariantCulture, out var type))
            {
                return new PmuDevice(files, folder, type);
            }
        }

        return null;
    }

    /// <summary>A named event, or null when this PMU does not have it or its terms are not understood.</summary>
    public PerfEvent? Event(string name)
    {
        if (files.ReadText($"{folder}/events/{name}") is not { Length: > 0 } text)
        {
            return null;
        }

        Span<ulong> words = stackalloc ulong[3];
        foreach (var term in text.Split(','))
        {
            var parts = term.Split('=', 2);
            if (!TryParseNumber(parts.Length == 2 ? parts[1] : "1", out var value)
                || files.ReadText($"{folder}/format/{parts[0]}") is not { } format
                || !TryPlace(format, value, words))
            {
                return null;
            }
        }

        var scale = double.TryParse(files.ReadText($"{folder}/events/{name}.scale"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor : 1;
        return new PerfEvent(name, type, words[0], scale) { Config1 = words[1], Config2 = words[2] };
    }

    /// <summary>Spreads a value over the bits that a format names: "config:0-7,32-35" takes the low byte first, then four bits more.</summary>
    internal static bool TryPlace(string format, ulong value, Span<ulong> words)
    {
        var parts = format.Split(':', 2);
        var word = parts[0] switch { "config" => 0, "config1" => 1, "config2" => 2, _ => -1 };
        if (word < 0 || parts.Length != 2)
        {
            return false;
        }

        foreach (var range in parts[1].Split(','))
        {
            var ends = range.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
                || low > high || high > 63)
            {
                return false;
            }

            var width = high - low + 1;
            var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
            words[word] |= (value & mask) << low;
            value = width == 64 ? 0 : value >> width;
        }

        return value == 0;
    }

    private static bool TryParseNumber(string text, out ulong value) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
