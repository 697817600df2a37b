using System.Net;
using System.Net.Http.Json;
using Headroom.Agent.Enrolment;
using Headroom.Agent.Sending;
using Headroom.Agent.Spool;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Agent.Tests.Sending;

public sealed class SenderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly EntityDescriptor[] Host = [new(0, EntityKind.Host, "host", "node", null, new Dictionary<string, string>())];

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-sender-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_that_fails_splits_and_refuses_gets_every_other_frame_once()
    {
        var server = new Server(refused: 17, largest: 20);
        var status = await SendAsync(200, server);

        Assert.Equal(Enumerable.Range(0, 200).Where(number => number != 17).Select(number => (long)number), server.Stored);
        Assert.Equal(0, status.WaitingFrames);
        Assert.Equal(1, status.DroppedFrames);
        Assert.Equal([new(17L, DropReason.Refused)], server.Drops.Select(drop => KeyValuePair.Create(drop.FirstSequence, drop.Reason)));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "quarantine")));
    }

    [Fact]
    public async Task A_key_that_the_server_wants_rotated_is_replaced_without_a_restart()
    {
        var server = new Server(refused: -1, largest: 300) { WantsRotation = true };
        await SendAsync(20, server);

        Assert.Equal("new-key", new AgentKeyFile(_folder).Read()!.Key);
        Assert.Equal(20, server.Stored.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path.Combine(_folder, "key.json")).UnixFileMode);
    }

    private async Task<SpoolStatus> SendAsync(int frames, Server server)
    {
        var keys = new AgentKeyFile(_folder);
        keys.Write(new AgentKey("http://server/", Guid.NewGuid(), "old-key"));
        using var spool = FrameSpool.Open(Path.Combine(_folder, "spool"), new SpoolOptions(), 1, TimeProvider.System, NullLogger.Instance);
        for (var index = 0; index < frames; index++)
        {
            var vector = new MetricVector(1);
            vector[0] = index;
            spool.Append(Noon.AddSeconds(index), [new EntitySample(0, vector)], Host);
        }

        var options = new SendingOptions { RetrySeconds = 0.001, MaxRetrySeconds = 0.01 };
        using var client = new FrameClient(server, TimeSpan.FromSeconds(5), TimeProvider.System);
        using var signal = new FrameSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        var sender = new Sender(spool, signal, client, keys, new Quarantine(Path.Combine(_folder, "quarantine"), 1 << 20), options, TimeProvider.System, new BackOff(options, new Random(1)), NullLogger.Instance);
        var sending = sender.RunAsync(stop.Token);
        while (!server.IsDone(frames) && !stop.IsCancellationRequested)
        {
            await Task.WhenAny(sending, Task.Delay(5, CancellationToken.None));
            signal.Set();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        return spool.Status;
    }

    /// <summary>A server that answers every third request with 503, takes batches up to a size and never one of the frames.</summary>
    private sealed class Server(long refused, int largest) : HttpMessageHandler
    {
        private int _requests;

        public List<long> Stored { get; } = [];

        public List<DroppedRange> Drops { get; } = [];

        public bool WantsRotation { get; set; }

        public bool IsDone(int frames)
        {
            lock (Stored)
            {
                return Stored.Count + Drops.Count >= frames;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == IngestContract.RotatePath)
            {
                WantsRotation = false;
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new EnrolResponse(Guid.Empty, "new-key"), WireJson.Default.EnrolResponse) };
            }

            if (++_requests % 3 == 0)
            {
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            }

            var batch = FrameBatchCodec.Decode(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            if (batch.Frames.Count > largest)
            {
                return new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge);
            }

            if (batch.Frames.Any(frame => frame.Sequence == refused))
            {
                return new HttpResponseMessage(HttpStatusCode.BadRequest);
            }

            lock (Stored)
            {
                Stored.AddRange(batch.Frames.Select(frame => frame.Sequence));
                Drops.AddRange(batch.Drops);
                var outcome = new IngestResponse(Stored.DefaultIfEmpty(-1).Max(), batch.Frames.Count, 0, 0, []);
                var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(outcome, WireJson.Default.IngestResponse) };
                if (WantsRotation)
                {
                    response.Headers.Add(IngestContract.RotateHeader, IngestContract.RotateWanted);
                }

                return response;
            }
        }
    }
}
