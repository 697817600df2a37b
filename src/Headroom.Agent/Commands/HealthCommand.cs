using System.CommandLine;
using System.Globalization;
using Headroom.Agent.Configuration;

namespace Headroom.Agent.Commands;

/// <summary><c>health</c>: whether the agent of this machine still writes frames, for supervisors; exit code 1 when it does not.</summary>
internal static class HealthCommand
{
    /// <summary>A frame may be late by a few ticks, and never counts as late within these seconds.</summary>
    private const double LateTicks = 5;
    private const double LeastSeconds = 15;

    public static Command Create() => AgentCommand.Create(
        "health", "Say whether frames are being written; exit code 1 when not.", [], (_, options, _, _) => Task.FromResult(Check(options, TimeProvider.System.GetUtcNow(), Console.Out) ? 0 : 1));

    /// <summary>Compares the newest write of the spool with the clock, and says what it found.</summary>
    internal static bool Check(AgentOptions options, DateTimeOffset now, TextWriter output)
    {
        var folder = new DirectoryInfo(options.SpoolFolder);
        var newest = folder.Exists ? folder.EnumerateFiles().Select(file => (DateTimeOffset?)file.LastWriteTimeUtc).Max() : null;
        if (newest is null)
        {
            output.WriteLine($"no frame was ever written to {folder.FullName}");
            return false;
        }

        var age = (now - newest.Value).TotalSeconds;
        var limit = Math.Max(LeastSeconds, LateTicks * options.IntervalSeconds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the newest frame was written {age:F0} s ago; at most {limit:F0} s are healthy"));
        return age <= limit;
    }
}
