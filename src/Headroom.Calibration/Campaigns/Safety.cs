using System.Globalization;

namespace Headroom.Calibration.Campaigns;

/// <summary>Stops a campaign before it hurts the machine.</summary>
internal static class Safety
{
    /// <summary>Checks what is free.</summary>
    /// <exception cref="CampaignException">Too little is.</exception>
    public static void Check(CampaignOptions options)
    {
        var memory = AvailableMemoryBytes();
        if (memory < options.MinFreeMemoryBytes)
        {
            throw new CampaignException($"stopped: {memory >> 20} MiB of memory are free, {options.MinFreeMemoryBytes >> 20} MiB must stay free");
        }

        var disk = new DriveInfo(Path.GetFullPath(options.Folder)).AvailableFreeSpace;
        if (disk < options.MinFreeDiskBytes)
        {
            throw new CampaignException($"stopped: {disk >> 20} MiB of disk are free, {options.MinFreeDiskBytes >> 20} MiB must stay free");
        }
    }

    private static long AvailableMemoryBytes()
    {
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
