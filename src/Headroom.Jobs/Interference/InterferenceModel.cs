using Headroom.Interference.Live;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>
/// The interference model that answers here, in its one lane: the file that the settings name, else the champion of the registry if it can be served live,
/// else the one that comes with the program.
/// </summary>
public sealed class InterferenceModel(IOptions<InterferenceOptions> options, ServedModel<InterferencePredictor> served) : IAsyncDisposable
{
    private readonly Lock _choosing = new();
    private readonly Lazy<InterferencePredictor> _shipped = new(ShippedModel.Load);
    private InterferencePredictor? _configured;
    private LivePredictor? _current;

    /// <exception cref="InvalidDataException">The configured file is no model for live frames.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public LivePredictor Current
    {
        get
        {
            lock (_choosing)
            {
                var predictor = Choose();
                if (_current?.Lane.Predictor != predictor)
                {
                    // The lane before answers what it was asked; nobody asks it any more.
                    _current = new LivePredictor(new InferenceLane(predictor, options.Value.LaneCapacity, options.Value.LaneBatch));
                }

                return _current;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } current)
        {
            await current.Lane.DisposeAsync().ConfigureAwait(false);
        }
    }

    private InterferencePredictor Choose()
    {
        if (options.Value.ModelFile is { Length: > 0 } path)
        {
            var configured = _configured ??= InterferencePredictor.Load(path);
            return LiveFeatures.CanServe(configured.Schema)
                ? configured
                : throw new InvalidDataException($"{path}: expected a model for live frames (headroom train interference), got {configured.Card.Id} for other features.");
        }

        using var champion = served.TryRent();
        return champion?.Model is { } model && LiveFeatures.CanServe(model.Schema) ? model : _shipped.Value;
    }
}
