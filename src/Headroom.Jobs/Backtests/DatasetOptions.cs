namespace Headroom.Jobs.Backtests;

/// <summary>Where the public data sets lie.</summary>
public sealed class DatasetOptions
{
    public const string SectionName = "Headroom:Datasets";

    /// <summary>Their folder (default: the environment variable HEADROOM_DATASETS, else shared/datasets beside or above the program).</summary>
    public string? Folder { get; set; }

    /// <summary>The folder that is used.</summary>
    public string Find()
    {
        if ((Folder ?? Environment.GetEnvironmentVariable("HEADROOM_DATASETS")) is { Length: > 0 } named)
        {
            return named;
        }

        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, "shared", "datasets");
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return Path.Combine(Environment.CurrentDirectory, "shared", "datasets");
    }
}
