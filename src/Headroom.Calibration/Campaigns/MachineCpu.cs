using System.Globalization;

namespace Headroom.Calibration.Campaigns;

/// <summary>CPU time that the whole machine has used.</summary>
internal static class MachineCpu
{
    private const double TicksPerSecond = 100;

    /// <summary>Cells of the first line: user, nice, system, interrupts, soft interrupts.</summary>
    private static readonly int[] BusyCells = [1, 2, 3, 6, 7];

    /// <summary>Busy CPU seconds of all cores since the machine started: user, nice, system, interrupts; not idle, not waiting, not stolen.</summary>
    public static double BusySeconds()
    {
        var cells = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return BusyCells.Sum(cell => double.Parse(cells[cell], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
