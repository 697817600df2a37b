using System.CommandLine;
using Headroom.Calibration.Probes;

namespace Headroom.Cli.Commands.Calibrate;

/// <summary><c>calibrate probe</c>: one built-in probe, printing its speed once a second until it is stopped.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = $"One of {string.Join(", ", BuiltInProbes.All.Select(probe => probe.Name))}." };
        var threads = new Option<int>("--threads") { Description = "Threads that work at once (default 1).", DefaultValueFactory = _ => 1 };
        var folder = new Option<string>("--folder") { Description = "Where it may keep files (default: the temporary folder).", DefaultValueFactory = _ => Path.GetTempPath() };
        var command = new Command("probe", "Run a built-in probe until it is stopped.") { name, threads, folder };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                BuiltInProbes.Find(parsed.GetValue(name)!).Run(parsed.GetValue(folder)!, Math.Clamp(parsed.GetValue(threads), 1, 256), Console.Out, cancellationToken);
                return Task.FromResult(0);
            }
            catch (ArgumentException mistake)
            {
                Console.Error.WriteLine($"headroom: {mistake.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
