using System.CommandLine;
using Headroom.Agent.Collecting;
using Headroom.Agent.Sampling;

namespace Headroom.Agent.Commands;

/// <summary><c>run</c>: collects until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var ticks = new Option<long?>("--ticks") { Description = "Stop after so many ticks (default: never)." };
        var sinkName = new Option<string>("--sink") { Description = $"Where frames go: {string.Join(", ", SinkTable.Names)} (default {SinkTable.Default}).", DefaultValueFactory = _ => SinkTable.Default };
        return AgentCommand.Create("run", "Collect once per interval, until stopped.", [ticks, sinkName], async (parsed, options, log, cancellationToken) =>
        {
            var collection = Collection.Create(options, TimeProvider.System, log);
            var ticker = new Ticker(TimeProvider.System, TimeSpan.FromSeconds(options.IntervalSeconds));
            await using var sink = SinkTable.Create(parsed.GetValue(sinkName)!, options, log);
            await new SamplingLoop(ticker, collection.Runner, collection.Entities, sink, log).RunAsync(parsed.GetValue(ticks), cancellationToken);
            return 0;
        });
    }
}
