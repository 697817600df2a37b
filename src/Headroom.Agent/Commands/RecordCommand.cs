using System.CommandLine;
using Headroom.Agent.Collecting;
using Headroom.Agent.Sampling;

namespace Headroom.Agent.Commands;

/// <summary><c>record</c>: writes the frames of some time to a file, for replay and benchmarks.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to record (default 60).", DefaultValueFactory = _ => 60 };
        var output = new Option<string>("--out") { Description = "File to write.", Required = true };
        return AgentCommand.Create("record", "Write frames to a file in the wire format.", [seconds, output], async (parsed, options, log, cancellationToken) =>
        {
            var collection = Collection.Create(options, TimeProvider.System, log);
            var ticker = new Ticker(TimeProvider.System, TimeSpan.FromSeconds(options.IntervalSeconds));
            await using var sink = new RecordingSink(File.Create(parsed.GetValue(output)!), Guid.NewGuid());
            var ticks = (long)Math.Ceiling(parsed.GetValue(seconds) / options.IntervalSeconds);
            await new SamplingLoop(ticker, collection.Runner, collection.Entities, sink, log).RunAsync(ticks, cancellationToken);
            return 0;
        });
    }
}
