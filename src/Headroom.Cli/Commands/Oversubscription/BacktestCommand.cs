using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Cli.Commands.Oversubscription;

/// <summary><c>headroom backtest</c>: every predictor on one trace, tried on its past.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var trace = new Option<string>("--trace") { Description = $"{string.Join(", ", NamedTraces.All.Select(named => named.Name))}, or a CSV file (host,vm,t_unix,requested,used).", Required = true };
        var data = new Option<string?>("--data") { Description = "Folder that holds the public data sets (default: shared/datasets beside the checkout, or HEADROOM_DATASETS)." };
        var resource = new Option<Resource>("--resource") { Description = "Cpu or Memory (default Cpu).", DefaultValueFactory = _ => Resource.Cpu };
        var risk = new Option<double>("--risk") { Description = "Share of windows that may exceed the advice (default 0.01).", DefaultValueFactory = _ => 0.01 };
        var horizon = new Option<double>("--horizon-hours") { Description = "For how long one advice holds, hours (default 1).", DefaultValueFactory = _ => 1 };
        var vms = new Option<int>("--vms-per-host") { Description = "Machines to a host where the trace names no hosts (default 25).", DefaultValueFactory = _ => HostGrouping.DefaultVmsPerHost };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("backtest", "Try every peak predictor on a trace's own past.") { trace, data, resource, risk, horizon, vms, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var fleet = NamedTraces.Read(parsed.GetValue(trace)!, () => DatasetFolder.Find(parsed.GetValue(data)), parsed.GetValue(resource), parsed.GetValue(vms), parsed.GetValue(seed));
                var settings = PeakSettings.For(fleet, parsed.GetValue(risk), TimeSpan.FromHours(parsed.GetValue(horizon)), parsed.GetValue(seed));
                var result = Replay.Run(fleet, PeakPredictors.All, settings, TerminalProgress.Create("replay"), cancellationToken);
                ReportWriter.Write(BacktestReport.Make($"backtest --trace {parsed.GetValue(trace)}", fleet, settings, result), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (TraceException error)
            {
                Console.Error.WriteLine($"headroom backtest: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
