using System.Diagnostics;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Up;

/// <summary>Gives the agent of this host its key: once per data folder.</summary>
internal static class AgentSetup
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Settings that every command of the agent is given. The server may listen elsewhere than when the agent was enrolled.</summary>
    public static IReadOnlyList<string> Settings(UpOptions options) => ["--set", $"dataFolder={options.AgentFolder}", "--set", $"server={options.Address}"];

    /// <summary>Enrols the agent unless its folder holds a key.</summary>
    /// <exception cref="UpException">The agent's enrolment failed; the message holds what it said.</exception>
    public static async Task EnrolAsync(UpOptions options, ProgramPaths paths, string connectionString, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.AgentFolder);
        if (File.Exists(Path.Combine(options.AgentFolder, "key.json")))
        {
            progress.Report("enrolled before");
            return;
        }

        var token = await CreateTokenAsync(connectionString, cancellationToken);
        var start = new ProcessStartInfo(paths.Agent, ["enrol", "--server", options.Address.ToString(), "--token", token, .. Settings(options)])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var enrolment = Process.Start(start) ?? throw new UpException($"{paths.Agent} could not be started.");
        var said = await Task.WhenAll(enrolment.StandardOutput.ReadToEndAsync(cancellationToken), enrolment.StandardError.ReadToEndAsync(cancellationToken));
        await enrolment.WaitForExitAsync(cancellationToken);
        if (enrolment.ExitCode != 0)
        {
            throw new UpException($"The agent could not be enrolled: {string.Concat(said).Trim()}");
        }

        progress.Report("enrolled with a single-use token");
    }

    private static async Task<string> CreateTokenAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(connectionString).AddHeadroomEnrolment().BuildServiceProvider();
        return await services.GetRequiredService<Enrolment>().CreateTokenAsync("headroom up on this host", TokenLifetime, cancellationToken);
    }
}
