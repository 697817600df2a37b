using Headroom.Interference.Live;
using Headroom.Interference.Serving;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>The interference model that answers here, in its one lane; read on first use.</summary>
public sealed class InterferenceModel : IAsyncDisposable
{
    private readonly Lazy<LivePredictor> _current;

    public InterferenceModel(IOptions<InterferenceOptions> options) => _current = new Lazy<LivePredictor>(() =>
    {
        var settings = options.Value;
        var predictor = settings.ModelFile is { Length: > 0 } path ? InterferencePredictor.Load(path) : ShippedModel.Load();
        return LiveFeatures.CanServe(predictor.Schema)
            ? new LivePredictor(new InferenceLane(predictor, settings.LaneCapacity, settings.LaneBatch))
            : throw new InvalidDataException($"{settings.ModelFile}: expected a model for live frames (headroom train interference), got {predictor.Card.Id} for other features.");
    });

    /// <exception cref="InvalidDataException">The configured file is no model for live frames.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public LivePredictor Current => _current.Value;

    public async ValueTask DisposeAsync()
    {
        if (_current.IsValueCreated)
        {
            await _current.Value.Lane.DisposeAsync().ConfigureAwait(false);
        }
    }
}
