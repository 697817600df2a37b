namespace Headroom.Client.Predictions;

/// <summary>What neighbours cost.</summary>
public sealed class PredictionCalls
{
    private readonly ApiCalls _calls;

    internal PredictionCalls(ApiCalls calls) => _calls = calls;

    /// <summary>The model that answers.</summary>
    /// <exception cref="ApiProblemException">It cannot be used.</exception>
    public Task<InterferenceModel> InterferenceModelAsync(CancellationToken cancellationToken) => _calls.GetAsync<InterferenceModel>("/api/v1/interference/model", cancellationToken);

    /// <summary>Predicts from a window of metrics.</summary>
    /// <exception cref="ApiProblemException">The window cannot be read, or too many wait.</exception>
    public Task<InterferencePrediction> InterferenceAsync(InterferenceWindow window, CancellationToken cancellationToken) =>
        _calls.PostAsync<InterferencePrediction>("/api/v1/predictions/interference", window, cancellationToken);
}
