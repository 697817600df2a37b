namespace Headroom.MemoryPlacement.Tests;

/// <summary>The public memory-tier measurements, where this machine has them.</summary>
internal static class TierData
{
    public static string Folder()
    {
        var named = Environment.GetEnvironmentVariable("HEADROOM_DATASETS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); named is null && folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "datasets");
            named = Directory.Exists(candidate) ? candidate : null;
        }

        var path = Path.Combine(named ?? "", "memory-tiers-cxl-nvlink");
        Assert.SkipUnless(Directory.Exists(path), "needs the public data set memory-tiers-cxl-nvlink");
        return path;
    }
}
