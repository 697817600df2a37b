using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>
/// The rival: the same values as series of Prometheus, taken by its remote-write receiver. In two forms: as Prometheus' own sender
/// sends them, every sample with the labels of its series and a bounded number per body; and packed as no sender of it does, all
/// samples of a series behind its labels once.
/// </summary>
internal static class PrometheusIngest
{
    /// <summary>What Prometheus' sender puts into a body: its <c>max_samples_per_send</c>, 500 in version 2.42 and 2,000 since 2.45; the larger favours it.</summary>
    private const int SamplesPerSend = 2_000;

    private static readonly List<string> Names = [.. MetricCatalogue.Current.For(EntityKind.Workload).Select(metric => metric.Name.Replace('.', '_'))];

    /// <summary>Samples per second of what each agent has, in bodies as Prometheus sends them.</summary>
    public static Task<double> MeasureAsSentAsync(List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, CancellationToken cancellationToken) =>
        MeasureAsync(agents, rounds, AsSent, cancellationToken);

    /// <summary>Samples per second of what each agent has, one body per batch and each series once in it.</summary>
    public static Task<double> MeasurePackedAsync(List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, CancellationToken cancellationToken) =>
        MeasureAsync(agents, rounds, Packed, cancellationToken);

    private static async Task<double> MeasureAsync(
        List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, Func<int, FrameBatch, IEnumerable<byte[]>> encode, CancellationToken cancellationToken)
    {
        await using var prometheus = await PrometheusServer.StartAsync(cancellationToken);
        var bodies = agents.Select((agent, i) => rounds.SelectMany(round => encode(agent.Number, round[i])).ToList()).ToList();
        var values = rounds.Sum(round => round.Sum(batch => (long)batch.Frames.Count * SimulatedAgent.ValuesPerFrame));
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

    private static IEnumerable<byte[]> AsSent(int agent, FrameBatch batch)
    {
        var samples =
            from frame in batch.Frames
            from workload in batch.Entities
            from metric in Enumerable.Range(0, Names.Count)
            select (Labels: Labels(agent, workload, metric), Sample: Sample(frame, workload, metric));
        foreach (var send in samples.Chunk(SamplesPerSend))
        {
            var body = new RemoteWriteBody();
            foreach (var (labels, sample) in send)
            {
                body.Add(labels, [sample]);
            }

            yield return body.Take();
        }
    }

    private static IEnumerable<byte[]> Packed(int agent, FrameBatch batch)
    {
        var body = new RemoteWriteBody();
        foreach (var workload in batch.Entities)
        {
            for (var metric = 0; metric < Names.Count; metric++)
            {
                body.Add(Labels(agent, workload, metric), batch.Frames.Select(frame => Sample(frame, workload, metric)));
            }
        }

        return [body.Take()];
    }

    private static (string Name, string Value)[] Labels(int agent, EntityDescriptor workload, int metric) =>
        [("__name__", Names[metric]), ("instance", $"bench-{agent}"), ("workload", workload.Key)];

    private static (long AtMilliseconds, double Value) Sample(Frame frame, EntityDescriptor workload, int metric) =>
        (frame.At.ToUnixTimeMilliseconds(), (double)frame.Samples[workload.LocalId].Values[metric]!.Value);
}
