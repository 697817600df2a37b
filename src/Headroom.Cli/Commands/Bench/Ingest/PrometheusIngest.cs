using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>The rival: the same values as series of Prometheus, taken by its remote-write receiver.</summary>
internal static class PrometheusIngest
{
    /// <summary>Sends what each agent has, one body after the other, and returns samples per second.</summary>
    public static async Task<double> MeasureAsync(List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, long values, CancellationToken cancellationToken)
    {
        await using var prometheus = await PrometheusServer.StartAsync(cancellationToken);
        var names = MetricCatalogue.Current.For(EntityKind.Workload).Select(metric => metric.Name.Replace('.', '_')).ToList();
        var bodies = agents.Select((agent, i) => rounds.Select(round => Body(agent.Number, names, round[i])).ToList()).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = agents.Count, CancellationToken = cancellationToken }, async (sender, token) =>
        {
            foreach (var body in sender)
            {
                await prometheus.WriteAsync(body, token);
            }
        });
        return values / clock.Elapsed.TotalSeconds;
    }

    private static byte[] Body(int agent, List<string> names, FrameBatch batch)
    {
        var body = new RemoteWriteBody();
        foreach (var workload in batch.Entities)
        {
            for (var metric = 0; metric < names.Count; metric++)
            {
                body.Add(
                    [("__name__", names[metric]), ("instance", $"bench-{agent}"), ("workload", workload.Key)],
                    batch.Frames.Select(frame => (frame.At.ToUnixTimeMilliseconds(), (double)frame.Samples[workload.LocalId].Values[metric]!.Value)));
            }
        }

        return body.Take();
    }
}
