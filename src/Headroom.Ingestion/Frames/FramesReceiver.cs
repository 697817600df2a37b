using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Commit;
using Headroom.Ingestion.Enrolling;
using Headroom.Ingestion.Receiving;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Frames;

/// <summary>Takes the batches of agents: admits, decodes, checks, waits for the commit, answers what became of every frame.</summary>
internal sealed partial class FramesReceiver(
    RequestGate gate,
    SenderKeys keys,
    RateLimits limits,
    BatchDecoder decoder,
    CommitQueue queue,
    IngestionMetrics metrics,
    IOptions<IngestionOptions> options,
    ILogger<FramesReceiver> logger)
{
    public const string Name = "frames";
    private const string NotStorable = "refused-not-storable";

    public async Task<JsonHttpResult<IngestResponse>> PostAsync(HttpContext http)
    {
        var agentId = await gate.AdmitAgentAsync(http).ConfigureAwait(false);
        if (http.Request.ContentType != FrameBatchCodec.ContentType)
        {
            throw new UnsupportedEncodingException($"expected Content-Type {FrameBatchCodec.ContentType}, got '{http.Request.ContentType}'");
        }

        using var lease = gate.Lease();
        FrameBatch batch;
        using (var body = await gate.ReadBodyAsync(http, lease).ConfigureAwait(false))
        {
            batch = await decoder.DecodeAsync(body.Memory, lease, http.RequestAborted).ConfigureAwait(false);
        }

        BatchChecks.Check(batch, agentId);
        if (!limits.TryFrames(agentId, batch.Frames.Count))
        {
            throw new RefusedException(Refusal.RateExceeded($"{options.Value.FramesPerSecondPerAgent} frames per second, {options.Value.FrameBurstPerAgent} at once"));
        }

        if (keys.IsRotationWanted(agentId))
        {
            http.Response.Headers[IngestContract.RotateHeader] = IngestContract.RotateWanted;
        }

        return TypedResults.Json(await StoreAsync(agentId, batch).ConfigureAwait(false), WireJson.Default.IngestResponse);
    }

    private async Task<IngestResponse> StoreAsync(Guid agentId, FrameBatch batch)
    {
        try
        {
            var outcome = await CommitAsync(agentId, batch).ConfigureAwait(false);
            return Answer(outcome, outcome.RefusalReasons);
        }
        catch (Exception exception) when (!StoreFailure.IsPassing(exception) && exception is Npgsql.PostgresException)
        {
            // The database will never take these frames. They must not block the agent's spool: they become a gap with a name.
            Log.NotStorable(logger, agentId, batch.Frames.Count, exception);
            var outcome = await CommitAsync(agentId, WithoutFrames(batch)).ConfigureAwait(false);
            return Answer(outcome, new Dictionary<string, int> { [NotStorable] = batch.Frames.Count });
        }
    }

    private async Task<WriteOutcome> CommitAsync(Guid agentId, FrameBatch batch)
    {
        var outcomes = await queue.AddFrames(new PendingWrite(agentId, [batch])).Outcome.ConfigureAwait(false);
        return outcomes[0];
    }

    private IngestResponse Answer(WriteOutcome outcome, IReadOnlyDictionary<string, int> refusals)
    {
        foreach (var (reason, count) in refusals)
        {
            metrics.Rejected(Name, reason, count);
        }

        return new IngestResponse(
            outcome.AcknowledgedSequence,
            outcome.StoredFrames,
            outcome.DuplicateFrames,
            refusals.Values.Sum(),
            refusals.Select(refusal => new RejectionReason(refusal.Key, refusal.Value)).ToList());
    }

    private static FrameBatch WithoutFrames(FrameBatch batch) => batch with
    {
        Entities = [],
        Frames = [],
        Drops =
        [
            .. batch.Drops,
            .. batch.Frames.Select(frame => new DroppedRange(frame.Sequence, frame.Sequence, frame.At, frame.At, 1, NotStorable)),
        ],
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The store will not take {FrameCount} frames of agent {AgentId}; they are recorded as a gap")]
        public static partial void NotStorable(ILogger logger, Guid agentId, int frameCount, Exception exception);
    }
}
