using System.Text.Json;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary>The same samples in Prometheus' own database: written by remote write, then persisted as blocks by a snapshot.</summary>
internal static class PrometheusBlocks
{
    private const int SecondsPerBody = 60;

    /// <summary>Bytes of the blocks with their indexes, and how many values they hold.</summary>
    public static async Task<(long Bytes, long Values)> MeasureAsync(LoopedRecording recording, int hours, DateTimeOffset end, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await using var prometheus = await PrometheusServer.StartAsync(cancellationToken);
        var start = end.AddHours(-hours);
        long values = 0;
        for (var second = 0; second < hours * 3600; second += SecondsPerBody)
        {
            var batch = recording.Batch(Guid.Empty, second, SecondsPerBody, start);
            values += batch.Frames.Sum(frame => frame.Samples.Sum(sample => (long)sample.Values.PresentCount));
            await prometheus.WriteAsync(Body(batch), cancellationToken);
            progress.Report(second / (hours * 3600.0));
        }

        using var answer = await prometheus.Client.PostAsync(new Uri("/api/v1/admin/tsdb/snapshot", UriKind.Relative), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var name = json.RootElement.GetProperty("data").GetProperty("name").GetString()!;
        var snapshot = new DirectoryInfo(Path.Combine(prometheus.Folder, "data", "snapshots", name));
        progress.Report(1);
        return (snapshot.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), values);
    }

    private static byte[] Body(FrameBatch batch)
    {
        var body = new RemoteWriteBody();
        foreach (var entity in batch.Entities)
        {
            var samples = batch.Frames.Select(frame => (frame.At, Sample: frame.Samples.FirstOrDefault(sample => sample.LocalId == entity.LocalId))).Where(row => row.Sample is not null).ToList();
            foreach (var (metric, ordinal) in MetricCatalogue.Current.For(entity.Kind).Select((metric, i) => (metric, i)))
            {
                var points = samples.Where(row => ordinal < row.Sample!.Values.Length && row.Sample.Values.IsPresent(ordinal))
                    .Select(row => (row.At.ToUnixTimeMilliseconds(), (double)row.Sample!.Values[ordinal]!.Value)).ToList();
                if (points.Count > 0)
                {
                    body.Add([("__name__", metric.Name.Replace('.', '_')), ("entity", entity.Key), ("instance", "bench")], points);
                }
            }
        }

        return body.Take();
    }
}
