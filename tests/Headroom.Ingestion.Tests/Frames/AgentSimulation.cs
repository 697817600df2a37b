using System.Net;
using System.Net.Http.Json;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Ingestion.Tests.Frames;

/// <summary>An enrolled agent with one workload that sends frames by hand.</summary>
internal sealed class AgentSimulation(IngestionServer server, EnrolResponse enrolled)
{
    public static readonly DateTimeOffset Start = Truncate(TimeProvider.System.GetUtcNow().AddHours(-1));

    public Guid Epoch { get; } = Guid.NewGuid();

    public Guid AgentId => enrolled.AgentId;

    public string Bearer => IngestContract.Credentials(enrolled.AgentId, enrolled.Key);

    public static async Task<AgentSimulation> EnrolAsync(IngestionServer server, string host) => new(server, await server.EnrolAsync(host));

    /// <summary>A batch of one workload; value i of frame n is n + i / 1000.</summary>
    public FrameBatch Batch(long first, int count, params DroppedRange[] drops) => new(
        enrolled.AgentId,
        Epoch,
        MetricCatalogue.Current.Version,
        [new EntityDescriptor(0, EntityKind.Workload, "web.service", "web", null, new Dictionary<string, string>())],
        Enumerable.Range(0, count).Select(i => Frame(first + i)).ToList(),
        drops);

    public static Frame Frame(long sequence) => new(sequence, Start.AddSeconds(sequence), [new EntitySample(0, Values(sequence))]);

    public static MetricVector Values(long sequence)
    {
        var values = new MetricVector(MetricCatalogue.Current.For(EntityKind.Workload).Count);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = sequence + (i / 1000f);
        }

        return values;
    }

    public Task<HttpResponseMessage> PostAsync(FrameBatch batch) => PostAsync(FrameBatchCodec.Encode(batch));

    public Task<HttpResponseMessage> PostAsync(byte[] body) =>
        server.PostAsync(IngestContract.FramesPath, body, Bearer, FrameBatchCodec.ContentType);

    public async Task<IngestResponse> SendAsync(FrameBatch batch)
    {
        using var response = await PostAsync(batch);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(WireJson.Default.IngestResponse, TestContext.Current.CancellationToken))!;
    }

    private static DateTimeOffset Truncate(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
