using System.Text.RegularExpressions;

namespace Headroom.Calibration.Probes;

/// <summary>Something that a campaign runs in a cgroup: a shell script with an optional server, and how its speed is read from what it prints.</summary>
/// <param name="Name">Name, for example <c>pgbench</c>.</param>
/// <param name="Resource">The resource it leans on.</param>
/// <param name="Unit">Unit of its speed.</param>
/// <param name="Tools">Programs that must be installed.</param>
/// <param name="Load">Shell script that works until it is killed. <c>{threads}</c>, <c>{port}</c> and <c>{folder}</c> are replaced.</param>
/// <param name="Rate">Expression whose first group is a speed; null for something that only disturbs others.</param>
/// <param name="Setup">Shell script that runs once per run before the load, for example one that starts a server.</param>
public sealed record Application(string Name, string Resource, string Unit, IReadOnlyList<string> Tools, string Load, Regex? Rate, string? Setup = null)
{
    /// <summary>Whether its speed can be measured, so that it can be the one that suffers.</summary>
    public bool IsMeasured => Rate is not null;

    /// <summary>Whether everything it needs is installed.</summary>
    public bool IsInstalled => Tools.All(tool => Find(tool) is not null);

    /// <summary>Where a program lies on the PATH or in the usual places, or null.</summary>
    public static string? Find(string program) =>
        program.StartsWith('/')
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin")
                .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The speed that a line states, or null.</summary>
    public double? ReadRate(string line) =>
        Rate?.Match(line) is { Success: true } match && double.TryParse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var rate) ? rate : null;
}
