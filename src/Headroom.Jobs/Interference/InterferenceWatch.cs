using Headroom.Jobs.Shadow;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>
/// Every few seconds: the last window of every busy workload of every living host goes to the model, and the answers into the store. Windows end at whole
/// multiples of their length, so that two programs on one store predict the same ones.
/// </summary>
public sealed partial class InterferenceWatch(
    LiveWindowReader reader, InterferenceModel model, ShadowModel shadow, InterferencePredictions store, IOptions<InterferenceOptions> options, IOptions<JobsOptions> jobs, TimeProvider clock, ILogger<InterferenceWatch> logger)
    : BackgroundService
{
    /// <summary>A workload has to be measured over this share of the window.</summary>
    private const double LeastMeasured = 0.5;

    /// <summary>Predicts the windows that end at a time, of every host; returns how many predictions were stored.</summary>
    public async Task<int> PredictAsync(DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        var stored = 0;
        await shadow.RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var host in await reader.LivingAsync(endsAt.AddSeconds(-options.Value.WindowSeconds), cancellationToken).ConfigureAwait(false))
        {
            stored += await PredictAsync(host, endsAt, cancellationToken).ConfigureAwait(false);
        }

        return stored;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!jobs.Value.IsWorker || !options.Value.Watch || !CanPredict())
        {
            return;
        }

        var window = TimeSpan.FromSeconds(options.Value.WindowSeconds);
        var settle = TimeSpan.FromSeconds(options.Value.SettleSeconds);
        var done = EndBefore(clock.GetUtcNow() - settle, window);
        try
        {
            while (true)
            {
                var wait = done + window + settle - clock.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(false);
                }

                // Whoever falls behind goes on with the newest window: late predictions help nobody.
                done = EndBefore(clock.GetUtcNow() - settle, window);
                await TryPredictAsync(done, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private static DateTimeOffset EndBefore(DateTimeOffset at, TimeSpan window) => new(at.UtcTicks - (at.UtcTicks % window.Ticks), TimeSpan.Zero);

    private bool CanPredict()
    {
        try
        {
            Ready(logger, model.Current.Lane.Predictor.Card.Id);
            return true;
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            // Everything else works without it; whoever asks for a prediction is told.
            Unusable(logger, unusable);
            return false;
        }
    }

    private async Task TryPredictAsync(DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        try
        {
            await PredictAsync(endsAt, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException or ArgumentException or InvalidQueryException)
        {
            // The database is away for a moment, or a window cannot be read; the next one comes soon.
            Failed(logger, failure);
        }
    }

    private async Task<int> PredictAsync(int hostId, DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        var seconds = options.Value.WindowSeconds;
        if (await reader.ReadAsync(hostId, endsAt, seconds, cancellationToken).ConfigureAwait(false) is not { } window)
        {
            return 0;
        }

        var rows = new List<InterferencePredictionRow>();
        var targets = window.Busy.Where(workload => workload.Seconds.Count(second => second is not null) >= LeastMeasured * seconds).Take(options.Value.MaxWorkloadsPerHost).ToArray();
        foreach (var target in targets)
        {
            if (await model.Current.AskAsync(window, target, withReasons: true, patient: true, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                rows.Add(PredictionText.Row(hostId, endsAt, seconds, answer));
            }
        }

        await store.AddAsync(rows, cancellationToken).ConfigureAwait(false);
        await shadow.AnswerAsync(hostId, window, targets, cancellationToken).ConfigureAwait(false);
        return rows.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Interference model {Model} predicts live windows")]
    private static partial void Ready(ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "The interference model cannot be read; see Headroom:Interference:ModelFile")]
    private static partial void Unusable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live windows could not be predicted")]
    private static partial void Failed(ILogger logger, Exception exception);
}
