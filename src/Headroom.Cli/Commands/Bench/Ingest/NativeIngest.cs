using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>Agents that send to the real server, each one batch after the other, none waiting for another.</summary>
internal static class NativeIngest
{
    /// <summary>Sends a batch of every agent per round and returns the time until the last was committed, and the CPU time of server and database.</summary>
    public static async Task<(double Seconds, double CpuSeconds)> MeasureAsync(
        BenchPlatform platform, List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, CancellationToken cancellationToken)
    {
        // Encoding is the agents' work, on their own machines.
        var bodies = agents.Select((agent, i) => (Agent: agent, Bodies: rounds.Select(round => FrameBatchCodec.Encode(round[i])).ToList())).ToList();
        var before = await platform.CpuSecondsAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = agents.Count, CancellationToken = cancellationToken }, async (sender, token) =>
        {
            foreach (var body in sender.Bodies)
            {
                await sender.Agent.SendAsync(body, token);
            }
        });
        return (clock.Elapsed.TotalSeconds, await platform.CpuSecondsAsync(cancellationToken) - before);
    }
}
