namespace Headroom.Cli;

/// <summary>Where the public data sets lie: what was asked for, else HEADROOM_DATASETS, else shared/datasets beside or above the current folder.</summary>
internal static class DatasetFolder
{
    public static string Find(string? asked)
    {
        if ((asked ?? Environment.GetEnvironmentVariable("HEADROOM_DATASETS")) is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "datasets");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.Combine(Environment.CurrentDirectory, "shared", "datasets");
    }
}
