using System.CommandLine;
using System.Diagnostics;
using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Cli.Commands.Power;

/// <summary><c>headroom power simulate</c>: power policies side by side on weeks of inference load, and how many servers each carries.</summary>
internal static class SimulateRow
{
    public static Command Create()
    {
        var weeks = new Option<double>("--weeks") { Description = "Simulated time, weeks (default 6).", DefaultValueFactory = _ => 6 };
        var servers = new Option<int>("--servers") { Description = "Servers in the row (default 52).", DefaultValueFactory = _ => 52 };
        var provisioned = new Option<int>("--provisioned") { Description = "Servers the row's power was provisioned for (default 40).", DefaultValueFactory = _ => 40 };
        var seeds = new Option<int>("--seeds") { Description = "Runs with different seeds per server count in the search; 0 leaves the search out (default 20).", DefaultValueFactory = _ => 20 };
        var most = new Option<int>("--most") { Description = "Largest server count tried (default 70).", DefaultValueFactory = _ => 70 };
        var data = new Option<string?>("--data") { Description = "Folder that holds the public data sets (default: shared/datasets beside the checkout, or HEADROOM_DATASETS); without them a built-in load is used." };
        var trace = new Option<string?>("--trace") { Description = "Own row power to follow: CSV with t_s and utilization_ratio." };
        var server = new Option<string?>("--server") { Description = "GPU of a server that MLPerf measured, such as H200: its idle and peak wall power replace those of the DGX-A100 (1500 and 6500 W)." };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("simulate", "Simulate a row of inference servers under every power policy.") { weeks, servers, provisioned, seeds, most, data, trace, server, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var asked = (Weeks: parsed.GetValue(weeks), Servers: parsed.GetValue(servers), Provisioned: parsed.GetValue(provisioned));
                if (asked.Weeks is not (> 0 and <= 520) || asked.Servers is < 1 or > 1000 || asked.Provisioned is < 1 or > 1000)
                {
                    throw new InvalidDataException($"expected --weeks above 0 and up to 520, --servers and --provisioned from 1 to 1000; got {asked.Weeks}, {asked.Servers}, {asked.Provisioned}");
                }

                var datasets = DatasetFolder.Find(parsed.GetValue(data));
                var settings = new RowSettings { ProvisionedServers = asked.Provisioned };
                if (parsed.GetValue(server) is { } word)
                {
                    settings = settings with { Server = MeasuredServer.Find(datasets, word).Calibrate(settings.Server) };
                }

                var study = new RowStudy(settings, asked.Weeks, parsed.GetValue(seed), datasets, parsed.GetValue(trace));
                ReportWriter.Write(Run(study, asked.Servers, parsed.GetValue(seeds), parsed.GetValue(most), cancellationToken), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
            {
                Console.Error.WriteLine($"headroom power simulate: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static Report Run(RowStudy study, int servers, int seeds, int most, CancellationToken cancellationToken)
    {
        // Alone on the machine, before anything runs beside it: this is the run whose time is stated.
        var started = Stopwatch.GetTimestamp();
        study.Run(servers, new PolcaPolicy(), TerminalProgress.Create($"{servers} servers"), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var provisioned = study.Run(study.Settings.ProvisionedServers, new NoCap(), TerminalProgress.Create("provisioned row"), cancellationToken);
        var outcomes = study.Compare(servers, PowerPolicies.All, TerminalProgress.Create("policies"), cancellationToken);
        var steps = new StepLines();
        CapacityFound[] found = seeds == 0 ? [] : [.. new IPowerPolicy[] { new PolcaPolicy(), new PredictivePolicy() }
            .Select(policy => CapacitySearch.Find(study, policy, seeds, most, steps, cancellationToken))];
        return SimulationReport.Make(study, servers, seconds, provisioned, outcomes, found);
    }

    private sealed class StepLines : IProgress<string>
    {
        public void Report(string value)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.WriteLine(value);
            }
        }
    }
}
