using Headroom.Interference.Live;
using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Retraining;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Shadow;

/// <summary>The challenger that answers live windows beside the champion, while there is one. Its answers are kept and shown to nobody; whatever goes wrong with it harms nobody.</summary>
public sealed partial class ShadowModel(ModelReader registry, ShadowPredictions store, IOptions<InterferenceOptions> options, ILogger<ShadowModel> logger) : IAsyncDisposable
{
    private LivePredictor? _model;
    private int? _versionId;

    /// <summary>Asks the registry who is in the shadow.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var version = await registry.ShadowAsync(InterferenceVersions.Name, cancellationToken).ConfigureAwait(false);
        if (version?.VersionId == _versionId)
        {
            return;
        }

        await DisposeAsync().ConfigureAwait(false);
        if (version is null)
        {
            return;
        }

        var predictor = InterferenceVersions.Kind.Read(await registry.FileAsync(version, cancellationToken).ConfigureAwait(false));
        if (LiveFeatures.CanServe(predictor.Schema))
        {
            (_model, _versionId) = (new LivePredictor(new InferenceLane(predictor, options.Value.LaneCapacity, options.Value.LaneBatch)), version.VersionId);
        }
    });

    /// <summary>Answers the workloads that the champion has answered.</summary>
    public Task AnswerAsync(int hostId, HostWindow window, IReadOnlyList<WorkloadWindow> targets, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        if (_model is not { } model || _versionId is not { } versionId)
        {
            return;
        }

        var answers = await model.PredictAsync(window, targets, cancellationToken).ConfigureAwait(false);
        await store.AddAsync(
            [
                .. answers.Select(answer => new ShadowPredictionRow
                {
                    VersionId = versionId,
                    HostId = hostId,
                    EntityId = answer.Target.Id,
                    At = window.EndsAt,
                    Value = answer.Prediction.Value,
                    Lower = answer.Prediction.Lower,
                    Upper = answer.Prediction.Upper,
                }),
            ],
            cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Lets the challenger go.</summary>
    public async ValueTask DisposeAsync()
    {
        var before = _model;
        (_model, _versionId) = (null, null);
        if (before is not null)
        {
            await before.Lane.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The champion's answers must not suffer from a challenger.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The challenger in the shadow did not answer")]
    private static partial void Failed(ILogger logger, Exception exception);
}
