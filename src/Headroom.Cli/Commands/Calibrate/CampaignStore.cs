using System.Globalization;
using Headroom.Calibration.RunSets;
using Headroom.Storage;
using Headroom.Storage.Interference;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.Calibrate;

/// <summary>Puts a campaign's labelled runs into the database too.</summary>
internal static class CampaignStore
{
    private const string MachineIdFile = "/etc/machine-id";

    /// <summary>Writes all runs that have a label; those that are there already stay one row each. Returns how many have a label.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="runs">Every run of the set so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached or has no schema.</exception>
    public static async Task<int> WriteAsync(string connectionString, IReadOnlyList<CalibrationRun> runs, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(connectionString).BuildServiceProvider();

        // A plain connection first: its error names the address.
        await (await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken)).DisposeAsync();
        var labelled = LabelledRun.Label(runs).Select(Row).ToArray();

        // The key under which an agent on this machine enrols.
        var key = File.Exists(MachineIdFile) ? (await File.ReadAllTextAsync(MachineIdFile, cancellationToken)).Trim() : "";
        await services.GetRequiredService<CampaignRuns>().PutAsync(key.Length > 0 ? key : Environment.MachineName, Environment.MachineName, labelled, cancellationToken);
        return labelled.Length;
    }

    private static CampaignRun Row(LabelledRun labelled)
    {
        var run = labelled.Run;
        return new CampaignRun(
            run.TargetKey, run.Application, [.. run.Neighbours.Select(neighbour => neighbour.ToString()).Order(StringComparer.Ordinal)], run.StartedAt, run.EndedAt, labelled.Performance,
            new Dictionary<string, string>
            {
                ["source"] = "calibrate",
                ["run"] = Text(run.RunId),
                ["threads"] = Text(run.Threads),
                ["speed"] = Text(run.Speed),
                ["speed.unit"] = run.Unit,
                ["outside_cores"] = Text(run.OutsideCores),
            });
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
