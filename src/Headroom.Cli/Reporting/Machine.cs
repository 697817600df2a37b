using System.Runtime.InteropServices;

namespace Headroom.Cli.Reporting;

/// <summary>The machine a report was made on, as far as it matters for its numbers.</summary>
public sealed record Machine(string Cpu, int Cores, double MemoryGibibytes, string OperatingSystem, string Runtime)
{
    /// <summary>Reads this machine.</summary>
    public static Machine Read() => new(
        CpuModel(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string CpuModel()
    {
        const string path = "/proc/cpuinfo";
        if (!File.Exists(path))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        var line = File.ReadLines(path).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
