using System.IO.Compression;
using System.Net.Http.Headers;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Ingestion;

namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>OTLP/HTTP metrics, protobuf and gzip, one resource per machine, as a Collector exports what its hostmetrics receiver read.</summary>
internal sealed class Otlp : IForeignProtocol
{
    private const int RequestResourceMetrics = 1, ResourceMetricsResource = 1, ResourceMetricsScopeMetrics = 2, ResourceAttributes = 1, ScopeMetricsMetrics = 2;
    private const int MetricName = 1, MetricGauge = 5, MetricSum = 7, DataPoints = 1, AggregationTemporality = 2, IsMonotonic = 3;
    private const int PointTime = 3, PointDouble = 4, PointAttributes = 7, Key = 1, Value = 2, AnyString = 1;
    private const ulong Cumulative = 2;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private static readonly List<IGrouping<string, (MachineSeries Series, int Place)>> Metrics =
        [.. MachineSeries.All.Select((series, place) => (series, place)).GroupBy(entry => entry.series.OtelName)];

    public string Name => "ingest.otlp";

    public string How => "OTLP/HTTP, protobuf, gzip";

    public byte[] Encode(IReadOnlyList<SimulatedMachine> machines, DateTimeOffset at)
    {
        var request = new ProtobufWriter();
        foreach (var machine in machines)
        {
            var (resource, scope, resourceMetrics) = (new ProtobufWriter(), new ProtobufWriter(), new ProtobufWriter());
            Attribute(resource, ResourceAttributes, "host.name", machine.Name);
            foreach (var metric in Metrics)
            {
                scope.Message(ScopeMetricsMetrics, Metric(machine, metric, at));
            }

            resourceMetrics.Message(ResourceMetricsResource, resource);
            resourceMetrics.Message(ResourceMetricsScopeMetrics, scope);
            request.Message(RequestResourceMetrics, resourceMetrics);
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(request.Written);
        }

        return compressed.ToArray();
    }

    public HttpRequestMessage Request(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("gzip");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(IngestionRegistration.OtlpPath, UriKind.Relative)) { Content = content };
    }

    private static ProtobufWriter Metric(SimulatedMachine machine, IGrouping<string, (MachineSeries Series, int Place)> entries, DateTimeOffset at)
    {
        var isCounter = entries.First().Series.IsCounter;
        var data = new ProtobufWriter();
        foreach (var (series, place) in entries)
        {
            var point = new ProtobufWriter();
            point.Fixed(PointTime, (ulong)at.ToUnixTimeMilliseconds() * NanosecondsPerMillisecond);
            point.Double(PointDouble, machine.Values[place]);
            foreach (var (name, value) in series.OtelAttributes)
            {
                Attribute(point, PointAttributes, name, value);
            }

            data.Message(DataPoints, point);
        }

        if (isCounter)
        {
            data.Whole(AggregationTemporality, Cumulative);
            data.Whole(IsMonotonic, 1);
        }

        var metric = new ProtobufWriter();
        metric.Text(MetricName, entries.Key);
        metric.Message(isCounter ? MetricSum : MetricGauge, data);
        return metric;
    }

    private static void Attribute(ProtobufWriter parent, int field, string name, string value)
    {
        var (text, pair) = (new ProtobufWriter(), new ProtobufWriter());
        text.Text(AnyString, value);
        pair.Text(Key, name);
        pair.Message(Value, text);
        parent.Message(field, pair);
    }
}
