namespace Headroom.Jobs.Backtests;

/// <summary>Where the public data sets lie.</summary>
public sealed class DatasetOptions
{
    public const string SectionName = "Headroom:Datasets";

    /// <summary>Their folder (default: the environment variable HEADROOM_DATASETS, else shared/datasets beside or above the program).</summary>
    public string? Folder { get; set; }

    /// <summary>The folder with labelled runs of one's own (default: the environment variable HEADROOM_RUNS, else datasets beside or above the program).</summary>
    public string? Runs { get; set; }

    /// <summary>The folder of public sets that is used.</summary>
    public string Find() => Find(Folder, "HEADROOM_DATASETS", Path.Combine("shared", "datasets"));

    /// <summary>The folder of labelled runs that is used.</summary>
    public string FindRuns() => Find(Runs, "HEADROOM_RUNS", "datasets");

    private static string Find(string? configured, string variable, string relative)
    {
        if ((configured ?? Environment.GetEnvironmentVariable(variable)) is { Length: > 0 } named)
        {
            return named;
        }

        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, relative);
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return Path.Combine(Environment.CurrentDirectory, relative);
    }
}
