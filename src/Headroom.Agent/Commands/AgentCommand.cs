using System.CommandLine;
using Headroom.Agent.Configuration;
using Headroom.Agent.Logging;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Commands;

/// <summary>What every subcommand shares: the options that settings are read from, and errors told in one sentence.</summary>
internal static class AgentCommand
{
    private static readonly Option<string?> Config = new("--config") { Description = $"Configuration file (default {AgentOptions.DefaultPath}, which may be absent)." };
    private static readonly Option<string[]> Settings = new("--set") { Description = "One setting over file and environment, for example --set intervalSeconds=10; may be repeated." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log more." };

    /// <summary>A subcommand that reads the settings before it runs. Exit code 1 and one sentence on standard error when it cannot.</summary>
    public static Command Create(
        string name,
        string description,
        IEnumerable<Option> options,
        Func<ParseResult, AgentOptions, ILogger, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { Config, Settings, Verbose };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var settings = AgentOptionsReader.Read(parsed.GetValue(Config), Environment.GetEnvironmentVariables(), parsed.GetValue(Settings) ?? []);
                var log = new ConsoleLog(TimeProvider.System, parsed.GetValue(Verbose) ? LogLevel.Debug : LogLevel.Information);
                return await run(parsed, settings, log, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception mistake) when (mistake is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(mistake.Message);
                return 1;
            }
        });
        return command;
    }
}
