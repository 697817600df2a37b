using System.Collections.Concurrent;
using Headroom.Client;
using Headroom.Client.Predictions;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>Asks a server for predictions over HTTP without a break and counts who answered.</summary>
internal sealed class PredictionLoad : IAsyncDisposable
{
    private const int Askers = 2;

    // Without a pause the askers would take both cores from the training.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _answers = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _askers;

    /// <param name="server">Whom to ask.</param>
    /// <param name="windows">What is asked about, in turn.</param>
    public PredictionLoad(HeadroomClient server, IReadOnlyList<InterferenceWindow> windows) =>
        _askers = [.. Enumerable.Range(0, Askers).Select(asker => Task.Run(() => AskAsync(server, windows, asker)))];

    /// <summary>What became of the requests so far.</summary>
    /// <param name="challenger">Id that the challenger's answers carry.</param>
    public LoadResult Result(string challenger) => new(_answers.Values.Sum(), _failures.Count, _answers.GetValueOrDefault(challenger), _failures.FirstOrDefault());

    /// <summary>Waits until some requests that are made from now on are answered by a model.</summary>
    public async Task UntilAnsweredByAsync(string card, int answers, CancellationToken cancellationToken)
    {
        var before = _answers.GetValueOrDefault(card);
        while (_answers.GetValueOrDefault(card) < before + answers)
        {
            await Task.Delay(1, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_askers);
        _stop.Dispose();
    }

    private async Task AskAsync(HeadroomClient server, IReadOnlyList<InterferenceWindow> windows, int asker)
    {
        for (var request = asker; !_stop.IsCancellationRequested; request += Askers)
        {
            try
            {
                var answer = await server.Predictions.InterferenceAsync(windows[request % windows.Count], CancellationToken.None);
                _answers.AddOrUpdate(answer.Model, 1, (_, count) => count + 1);
            }
#pragma warning disable CA1031 // Whatever goes wrong is a request without an answer, and that is what is counted.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failures.Enqueue(failure.Message);
            }

            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
