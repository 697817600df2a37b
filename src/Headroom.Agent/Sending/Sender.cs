using System.Net;
using Headroom.Agent.Enrolment;
using Headroom.Agent.Spool;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Sending;

/// <summary>
/// Takes frames from the spool, oldest first, and sends them until the server has acknowledged them. Whatever fails, the frames
/// stay in the spool; only what the server will never take is counted and put aside.
/// </summary>
internal sealed partial class Sender(
    FrameSpool spool,
    FrameSignal signal,
    FrameClient client,
    AgentKeyFile keys,
    Quarantine quarantine,
    SendingOptions options,
    TimeProvider clock,
    BackOff backOff,
    ILogger log)
{
    private AgentKey? _key;
    private int _maxFrames = options.MaxFrames;
    private bool _isRefused;
    private bool _isAway;
    private bool _hasMore;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = await TrySendNextAsync(cancellationToken);
            if (wait is { } pause)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
            else if (!_hasMore)
            {
                await signal.WaitAsync(cancellationToken);
            }
        }
    }

    private async Task<TimeSpan?> TrySendNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendNextAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            // A key file that cannot be read, a segment that cannot be opened: sending goes on when it is mended.
            LogFailed(log, failure);
            return TryAgain(null);
        }
    }

    /// <summary>Sends one batch. Null when that went well or nothing was waiting, else how long to wait before the next try.</summary>
    private async Task<TimeSpan?> SendNextAsync(CancellationToken cancellationToken)
    {
        _key ??= keys.Read();
        if (_key is null)
        {
            return TimeSpan.FromSeconds(options.MaxRetrySeconds);
        }

        if (spool.Read(_maxFrames, options.MaxBytes) is not { } batch)
        {
            _hasMore = false;
            return null;
        }

        _hasMore = true;
        try
        {
            var encoded = FrameBatchCodec.Encode(batch.ToFrameBatch(_key.AgentId));
            var answer = await client.SendAsync(_key, encoded, cancellationToken);
            if (answer.IsRotationWanted)
            {
                await RotateAsync(cancellationToken);
            }

            return Take(batch, encoded, answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or System.Text.Json.JsonException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isAway)
            {
                _isAway = true;
                LogAway(log, failure);
            }

            return TryAgain(null);
        }
    }

    private TimeSpan? Take(SpoolBatch batch, byte[] encoded, FrameAnswer answer)
    {
        switch (answer.Status)
        {
            case HttpStatusCode.OK when answer.Outcome is { } outcome:
                return Stored(batch, outcome);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return Refused(answer.Status);
            case HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when batch.Frames.Count > 1:
                // Halves until it fits, or until the frame that is at fault stands alone.
                _maxFrames = batch.Frames.Count / 2;
                spool.Release();
                return null;
            case HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when batch.Frames.Count == 1:
                PutAside(batch, encoded, answer.Status);
                return null;
            default:
                if (!_isAway)
                {
                    _isAway = true;
                    LogAnswer(log, (int)answer.Status);
                }

                return TryAgain(answer.RetryAfter);
        }
    }

    private TimeSpan? Stored(SpoolBatch batch, IngestResponse outcome)
    {
        foreach (var reason in outcome.Reasons)
        {
            LogRejected(log, reason.Count, reason.Reason);
        }

        spool.Acknowledge(batch, outcome.AcknowledgedSequence);
        if (_isAway || _isRefused)
        {
            LogBack(log);
        }

        (_isAway, _isRefused) = (false, false);
        _maxFrames = Math.Min(options.MaxFrames, _maxFrames * 2);
        if (batch.Frames.Count > 0 && outcome.AcknowledgedSequence < batch.Frames[^1].Sequence)
        {
            spool.Release();
            return backOff.Next();
        }

        backOff.Reset();
        return null;
    }

    private TimeSpan? Refused(HttpStatusCode status)
    {
        spool.Release();
        var known = _key;
        _key = keys.Read();
        if (_key is not null && _key != known)
        {
            return null;
        }

        if (!_isRefused)
        {
            _isRefused = true;
            LogRefused(log, (int)status);
        }

        return TimeSpan.FromSeconds(options.MaxRetrySeconds);
    }

    private TimeSpan TryAgain(TimeSpan? asked)
    {
        spool.Release();
        var own = backOff.Next();
        return asked is { } longer && longer > own ? longer : own;
    }

    private void PutAside(SpoolBatch batch, byte[] encoded, HttpStatusCode status)
    {
        var kept = quarantine.TryKeep(batch.Epoch, batch.Frames[0].Sequence, encoded);
        LogPutAside(log, batch.Frames[0].Sequence, (int)status, kept);
        spool.CountRefused(batch);

        // Drops that travelled with the frame were not taken either: they go with the next.
        spool.Acknowledge(batch with { Drops = [] }, batch.Frames[0].Sequence);
    }

    private async Task RotateAsync(CancellationToken cancellationToken)
    {
        if (await client.RotateAsync(_key!, cancellationToken) is { } fresh)
        {
            keys.Write(fresh);
            _key = fresh;
            LogRotated(log);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Frames could not be sent; they are kept")]
    private static partial void LogFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server cannot be reached; frames are kept until it can")]
    private static partial void LogAway(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server answers {Status}; frames are kept and sent again")]
    private static partial void LogAnswer(ILogger log, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server takes frames again")]
    private static partial void LogBack(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refuses this agent's key ({Status}); frames are kept. Enrol again with: headroom-agent enrol")]
    private static partial void LogRefused(ILogger log, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server rejected {Count} frames: {Reason}")]
    private static partial void LogRejected(ILogger log, long count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server will not take the frame {Sequence} ({Status}); kept in the quarantine: {Kept}")]
    private static partial void LogPutAside(ILogger log, long sequence, int status, bool kept);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server gave this agent a new key")]
    private static partial void LogRotated(ILogger log);
}
