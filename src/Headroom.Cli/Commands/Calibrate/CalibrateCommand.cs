using System.CommandLine;
using System.Globalization;
using Headroom.Calibration.Campaigns;
using Headroom.Calibration.Probes;
using Headroom.Calibration.RunSets;
using Headroom.Cli.Commands.Backups;
using Headroom.Cli.Commands.Up;
using Headroom.Cli.Reporting;
using Headroom.Storage.Provisioning;
using Npgsql;

namespace Headroom.Cli.Commands.Calibrate;

/// <summary><c>calibrate</c>: measures on this machine what neighbours cost, as a labelled run set.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Folder of the run set; a campaign that stopped goes on in it.", Required = true };
        var runs = new Option<int>("--runs") { Description = "Runs of the whole campaign (default 300).", DefaultValueFactory = _ => 300 };
        var minutes = new Option<double>("--minutes") { Description = "Longest time this call works (default 120).", DefaultValueFactory = _ => 120 };
        var window = new Option<double>("--window") { Description = "Seconds measured per run (default 8).", DefaultValueFactory = _ => 8 };
        var outside = new Option<double>("--max-outside-cores") { Description = "A run is made again when other programs used more cores than this meanwhile (default 0.2).", DefaultValueFactory = _ => 0.2 };
        var only = new Option<string[]>("--app") { Description = "Only these applications; may be repeated (default: every one that is installed)." };
        var connection = new Option<string?>("--connection") { Description = "Database the labelled runs also go to (default: ConnectionStrings__Headroom, else the private one while 'up' runs, else none)." };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("calibrate", "Run applications alone and beside others on this machine while the agent records: labelled data of what neighbours cost.")
        {
            output, runs, minutes, window, outside, only, connection, seed, json,
        };
        command.Subcommands.Add(ProbeCommand.Create());
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var applications = Applications(parsed.GetValue(only) ?? []);
                var options = new CampaignOptions
                {
                    Folder = Path.GetFullPath(parsed.GetValue(output)!),
                    Runs = parsed.GetValue(runs),
                    Budget = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                    WindowSeconds = parsed.GetValue(window),
                    MaxOutsideCores = parsed.GetValue(outside),
                    Seed = parsed.GetValue(seed),
                };
                var database = await ChosenDatabase.FindAsync(parsed.GetValue(connection), data: null, cancellationToken);
                if (database is null)
                {
                    await Console.Error.WriteLineAsync("no database is named and no 'up' runs: the labelled runs are kept in the folder only");
                }

                // What a killed campaign left behind first: a database that cannot be written is known before hours of work.
                await StoreAsync(database, options.Folder, cancellationToken);
                try
                {
                    await new Campaign(options, applications, ProgramPaths.Find().Agent, TimeProvider.System).RunAsync(new Line(), cancellationToken);
                }
                finally
                {
                    await StoreAsync(database, options.Folder, CancellationToken.None);
                }

                ReportWriter.Write(Report(RunSetFile.Read(options.Folder), options), parsed.GetValue(json));
                return 0;
            }
            catch (Exception failure) when (failure is CampaignException or ArgumentException or FormatException or InvalidOperationException or LocalPostgresException or NpgsqlException)
            {
                await Console.Error.WriteLineAsync($"headroom: {failure.Message}");
                return 1;
            }
        });
        return command;
    }

    private static async Task StoreAsync(string? database, string folder, CancellationToken cancellationToken)
    {
        if (database is not null)
        {
            var stored = await CampaignStore.WriteAsync(database, RunSetFile.Read(folder), cancellationToken);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stored} labelled runs are in the database"));
        }
    }

    private static List<Application> Applications(string[] only)
    {
        var all = ApplicationTable.All(Environment.ProcessPath!);
        foreach (var name in only.Where(name => all.All(application => application.Name != name)))
        {
            throw new ArgumentException($"--app: expected one of {string.Join(", ", all.Select(application => application.Name))}, got '{name}'");
        }

        return [.. all.Where(application => application.IsInstalled && (only.Length == 0 || only.Contains(application.Name)))];
    }

    private static Report Report(IReadOnlyList<CalibrationRun> runs, CampaignOptions options)
    {
        var rows = LabelledRun.Label(runs)
            .GroupBy(labelled => labelled.Run.Application)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                var beside = group.Where(labelled => labelled.Run.Neighbours.Count > 0).Select(labelled => labelled.Performance).Order().ToList();
                return (IReadOnlyList<object?>)
                [
                    group.Key, group.Count(), group.Count() - beside.Count, group.First().Run.Unit,
                    beside.Count == 0 ? null : beside.Average(), beside.Count == 0 ? null : beside[0], beside.Count == 0 ? null : beside[beside.Count / 2],
                ];
            }).ToList();
        return new Report(
            "calibrate", Machine.Read(), options.Seed,
            [
                new Figure("calibrate.runs", runs.Count, "1"),
                new Figure("calibrate.applications", rows.Count, "1"),
                new Figure("calibrate.outside_cores_mean", runs.Count == 0 ? null : runs.Average(run => run.OutsideCores), "1"),
            ],
            [new Table("applications", ["application", "runs", "alone", "unit", "performance_mean", "performance_min", "performance_median"], rows)]);
    }

    private sealed class Line : IProgress<CampaignProgress>
    {
        public void Report(CampaignProgress value) => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Done}/{value.Total} {value.Next.Application}:{value.Next.Threads} beside {(value.Next.Neighbours.Count == 0 ? "nothing" : string.Join(", ", value.Next.Neighbours))}{(value.Attempt > 1 ? $" (attempt {value.Attempt})" : "")}"));
    }
}
