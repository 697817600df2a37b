using System.Net.Http.Headers;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Ingestion;

namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>Prometheus remote write 1.0, one sample per series and request, as Prometheus sends what it scraped of node_exporter.</summary>
internal sealed class RemoteWrite : IForeignProtocol
{
    public string Name => "ingest.remote_write";

    public string How => "remote write 1.0, snappy";

    public byte[] Encode(IReadOnlyList<SimulatedMachine> machines, DateTimeOffset at)
    {
        var body = new RemoteWriteBody();
        foreach (var machine in machines)
        {
            for (var i = 0; i < MachineSeries.All.Count; i++)
            {
                var series = MachineSeries.All[i];
                var labels = series.NodeLabels.Concat([("__name__", series.NodeName), ("instance", $"{machine.Name}:9100"), ("job", "node")]).OrderBy(label => label.Item1, StringComparer.Ordinal);
                body.Add(labels, [(at.ToUnixTimeMilliseconds(), machine.Values[i])]);
            }
        }

        return body.Take();
    }

    public HttpRequestMessage Request(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(IngestionRegistration.RemoteWritePath, UriKind.Relative)) { Content = content };
    }
}
