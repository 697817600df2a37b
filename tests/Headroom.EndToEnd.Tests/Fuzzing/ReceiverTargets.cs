using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Wire;
using Headroom.Testing;
using Headroom.Testing.Bodies;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>What agents, Collectors and Prometheus send: valid bodies, damaged, and bombs.</summary>
internal static class ReceiverTargets
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const string Snappy = "snappy";

    public static async Task<IReadOnlyList<FuzzTarget>> MakeAsync(string connectionString, HttpClient server, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(connectionString).AddHeadroomEnrolment().BuildServiceProvider();
        var enrolment = services.GetRequiredService<Enrolment>();
        var enrol = new EnrolRequest(await enrolment.CreateTokenAsync("fuzz", TimeSpan.FromHours(1), cancellationToken), "fuzzed", "fuzzed-machine", "1", MetricCatalogue.Current.Version);
        using var answer = await server.PostAsJsonAsync(new Uri(IngestContract.EnrolPath, UriKind.Relative), enrol, WireJson.Default.EnrolRequest, cancellationToken);
        var agent = (await answer.Content.ReadFromJsonAsync(WireJson.Default.EnrolResponse, cancellationToken))!;
        var asAgent = Bearer(IngestContract.Credentials(agent.AgentId, agent.Key));
        var asForeign = Bearer((await enrolment.CreateIngestKeyAsync("fuzz", cancellationToken)).BearerToken);
        var enrolText = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(enrol, WireJson.Default.EnrolRequest));
        var now = TimeProvider.System.GetUtcNow();
        var frames = FrameBatchCodec.Encode(RecordedRun.Beside(2).Batch(agent.AgentId, Guid.NewGuid(), DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() - 10), 2));
        var (otlp, otlpJson, write) = (OtlpBodyOf(now), OtlpJsonOf(now), RemoteWriteBodyOf(now));
        return
        [
            Target("frames", random => Post(IngestContract.FramesPath, FrameBatchCodec.ContentType, Damage.Of(frames, random), asAgent)),
            Target("frames, sealed again", random => Post(IngestContract.FramesPath, FrameBatchCodec.ContentType, SealedFrames.Damaged(frames, random), asAgent)),
            Target("enrolment", random => Post(IngestContract.EnrolPath, Json, JsonTwist.Of(enrolText, random), null)),
            Target("OTLP protobuf", random => Post(IngestionRegistration.OtlpPath, Protobuf, Damage.Of(otlp, random), asForeign)),
            Target("OTLP JSON", random => Post(IngestionRegistration.OtlpPath, Json, JsonTwist.Of(JsonNode.Parse(otlpJson), random), asForeign)),
            Target("remote write", random => Post(IngestionRegistration.RemoteWritePath, Protobuf, Snappier.Snappy.CompressToArray(Damage.Of(write, random)), asForeign, Snappy)),
            Target("remote write, snappy damaged", random => Post(IngestionRegistration.RemoteWritePath, Protobuf, Damage.Of(Snappier.Snappy.CompressToArray(write), random), asForeign, Snappy)),
            Target("snappy bombs", random => Post(IngestionRegistration.RemoteWritePath, Protobuf, Bombs.Snappy[random.Next(Bombs.Snappy.Count)], asForeign, Snappy)),
            Target("bombs", random =>
            {
                var (encoding, body) = Bombs.Encoded[random.Next(Bombs.Encoded.Count)];
                return random.Next(4) switch
                {
                    0 => Post(IngestContract.FramesPath, FrameBatchCodec.ContentType, body, asAgent, encoding),
                    1 => Post(IngestionRegistration.OtlpPath, Json, body, asForeign, encoding),
                    2 => Post(IngestionRegistration.RemoteWritePath, Protobuf, body, asForeign, encoding),
                    _ => Post(IngestionRegistration.OtlpPath, Protobuf, body, asForeign, encoding),
                };
            }),
        ];
    }

    private static FuzzTarget Target(string name, Func<Random, FuzzRequest> make) => new(name, make);

    private static FuzzRequest Post(string path, string contentType, byte[] body, AuthenticationHeaderValue? authorization, string? encoding = null) =>
        new(HttpMethod.Post, path, contentType, body, encoding, authorization);

    private static AuthenticationHeaderValue Bearer(string credentials) => new(IngestContract.AuthenticationScheme, credentials);

    private static byte[] OtlpBodyOf(DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        return new OtlpBody().Resource("host.name", "fuzzed-otlp")
            .Gauge("system.memory.utilization", "state=used", at, 0.5)
            .Sum("system.cpu.time", "cpu=cpu0,state=user", at - 60_000, at, 12.5)
            .Whole("system.memory.usage", "state=free", at, 1 << 30)
            .NoRecordedValue("system.memory.usage", "state=cached", at)
            .Histogram("http.server.duration", "route=/", at, 3, 0.2)
            .Protobuf();
    }

    private static byte[] OtlpJsonOf(DateTimeOffset now) => Encoding.UTF8.GetBytes(
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"fuzzed-json"}}]},"scopeMetrics":[{"metrics":[
          {"name":"system.cpu.load_average.1m","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asDouble":1.5}]}},
          {"name":"system.disk.io","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
            {"attributes":[{"key":"device","value":{"stringValue":"sda"}},{"key":"direction","value":{"stringValue":"read"}}],"timeUnixNano":"NOW","asInt":"42"}]}}]}]}]}
        """.Replace("NOW", string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}000000"), StringComparison.Ordinal));

    private static byte[] RemoteWriteBodyOf(DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        return new RemoteWriteBody()
            .Series("node_load1", "instance=fuzzed-prometheus:9100,job=node", (at - 1_000, 0.5), (at, 0.6))
            .Series("node_cpu_seconds_total", "cpu=0,instance=fuzzed-prometheus:9100,job=node,mode=user", (at - 1_000, 100), (at, 100.5))
            .Series("node_memory_MemTotal_bytes", "instance=fuzzed-prometheus:9100,job=node", (at, 1e9))
            .Protobuf();
    }
}
