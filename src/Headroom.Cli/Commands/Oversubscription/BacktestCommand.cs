using System.CommandLine;
using Headroom.Cli.Commands.Up;
using Headroom.Cli.Reporting;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Capacity;
using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;
using Headroom.Storage;
using Headroom.Storage.Provisioning;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.Oversubscription;

/// <summary><c>headroom backtest</c>: every predictor on one trace, tried on its past.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var trace = new Option<string>("--trace") { Description = $"{string.Join(", ", NamedTraces.All.Select(named => named.Name))}, store (the platform's own history), or a CSV file (host,vm,t_unix,requested,used).", Required = true };
        var connection = new Option<string?>("--connection") { Description = "Database of --trace store (default: ConnectionStrings__Headroom, else the private one of 'up')." };
        var data = new Option<string?>("--data") { Description = "Folder that holds the public data sets (default: shared/datasets beside the checkout, or HEADROOM_DATASETS)." };
        var resource = new Option<Resource>("--resource") { Description = "Cpu or Memory (default Cpu).", DefaultValueFactory = _ => Resource.Cpu };
        var risk = new Option<double>("--risk") { Description = "Share of windows that may exceed the advice (default 0.01).", DefaultValueFactory = _ => 0.01 };
        var horizon = new Option<double>("--horizon-hours") { Description = "For how long one advice holds, hours (default 1).", DefaultValueFactory = _ => 1 };
        var vms = new Option<int>("--vms-per-host") { Description = "Machines to a host where the trace names no hosts (default 25).", DefaultValueFactory = _ => HostGrouping.DefaultVmsPerHost };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("backtest", "Try every peak predictor on a trace's own past.") { trace, data, connection, resource, risk, horizon, vms, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var asked = parsed.GetValue(trace)!;
                var length = TimeSpan.FromHours(parsed.GetValue(horizon));
                var isOwn = asked == BacktestQuestion.Store;
                var fleet = isOwn
                    ? await ReadStoreAsync(parsed.GetValue(connection), parsed.GetValue(resource), cancellationToken)
                    : NamedTraces.Read(asked, () => DatasetFolder.Find(parsed.GetValue(data)), parsed.GetValue(resource), parsed.GetValue(vms), parsed.GetValue(seed));
                var settings = isOwn
                    ? PeakSettings.ForOwnPast(fleet, parsed.GetValue(risk), length, parsed.GetValue(seed))
                    : PeakSettings.For(fleet, parsed.GetValue(risk), length, parsed.GetValue(seed));
                var result = Replay.Run(fleet, PeakPredictors.All, settings, TerminalProgress.Create("replay"), cancellationToken);
                ReportWriter.Write(BacktestReport.Make($"backtest --trace {asked}", fleet, settings, result), parsed.GetValue(json));
                return 0;
            }
            catch (Exception error) when (error is TraceException or UpException or LocalPostgresException or NpgsqlException)
            {
                Console.Error.WriteLine($"headroom backtest: {error.Message}");
                return 1;
            }
        });
        return command;
    }

    private static async Task<FleetTrace> ReadStoreAsync(string? connection, Resource resource, CancellationToken cancellationToken)
    {
        await using var store = await OwnStore.OpenAsync(connection, cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(store.ConnectionString).AddStoreTrace().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StoreTrace>().ReadAsync(resource, cancellationToken);
    }
}
