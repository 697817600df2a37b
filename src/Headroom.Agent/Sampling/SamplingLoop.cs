using Headroom.Agent.Collecting;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Sampling;

/// <summary>Tick, collect, hand over; until cancelled. A sink that fails loses that frame and not the loop.</summary>
internal sealed partial class SamplingLoop(
    Ticker ticker,
    CollectorRunner runner,
    EntityRegistry entities,
    IFrameSink sink,
    ILogger log)
{
    private bool _sinkFailing;

    /// <summary>Runs for a number of ticks, or for ever when it is null.</summary>
    public async Task RunAsync(long? ticks, CancellationToken cancellationToken)
    {
        for (long tick = 0; ticks is null || tick < ticks; tick++)
        {
            var at = await ticker.NextAsync(cancellationToken);
            runner.Run(at);
            await HandOverAsync(at, cancellationToken);
        }
    }

    private async Task HandOverAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await sink.WriteAsync(at, entities.Samples(), entities.Descriptors, cancellationToken);
            if (_sinkFailing)
            {
                _sinkFailing = false;
                LogSinkRecovered(log);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            if (!_sinkFailing)
            {
                _sinkFailing = true;
                LogSinkFailed(log, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Frames cannot be kept; they are lost until this is mended")]
    private static partial void LogSinkFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Frames are kept again")]
    private static partial void LogSinkRecovered(ILogger log);
}
