using System.Diagnostics;

namespace Headroom.Cli.Commands.Bench.Agents;

/// <summary>The agent as it is installed: compiled ahead of time.</summary>
internal static class AgentProgram
{
    /// <summary>Compiles it, which does nothing when nothing changed since the last time.</summary>
    /// <returns>Path of the program.</returns>
    /// <exception cref="InvalidOperationException">It could not be compiled; the message holds what the compiler said.</exception>
    public static async Task<string> PublishAsync(string root, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, "artifacts", "publish", "Headroom.Agent", "release");
        var command = new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(root, "src", "Headroom.Agent"), "-c", "Release", "-r", $"linux-{Architecture()}", "-o", folder, "-v", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
        };
        using var compiler = Process.Start(command)!;
        var said = await compiler.StandardOutput.ReadToEndAsync(cancellationToken);
        await compiler.WaitForExitAsync(cancellationToken);
        return compiler.ExitCode == 0
            ? Path.Combine(folder, "headroom-agent")
            : throw new InvalidOperationException($"'dotnet publish' of the agent failed:{Environment.NewLine}{said}");
    }

    private static string Architecture() => System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
}
