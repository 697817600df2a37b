using System.Collections.Concurrent;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>Asks the served model for predictions without a break and counts who answered.</summary>
internal sealed class PredictionLoad : IAsyncDisposable
{
    private const int Askers = 2;
    private const int WindowsPerQuestion = 4;

    // Without a pause the askers would take both cores from the training.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _answers = new();
    private readonly Task[] _askers;
    private long _failed;

    public PredictionLoad(ServedModel<InterferencePredictor> served, IReadOnlyList<InterferenceRun> windows) =>
        _askers = [.. Enumerable.Range(0, Askers).Select(asker => Task.Run(() => AskAsync(served, windows, asker)))];

    /// <summary>What became of the questions so far.</summary>
    /// <param name="challenger">Id that the challenger's answers carry.</param>
    public LoadResult Result(string challenger) => new(_answers.Values.Sum(), Interlocked.Read(ref _failed), _answers.GetValueOrDefault(challenger));

    /// <summary>Waits until a question that is asked from now on is answered by a model.</summary>
    public async Task UntilAnsweredByAsync(string card, CancellationToken cancellationToken)
    {
        var before = _answers.GetValueOrDefault(card);
        while (_answers.GetValueOrDefault(card) == before)
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

    private async Task AskAsync(ServedModel<InterferencePredictor> served, IReadOnlyList<InterferenceRun> windows, int asker)
    {
        for (var question = asker; !_stop.IsCancellationRequested; question++)
        {
            try
            {
                using var champion = served.Rent();
                var asked = Enumerable.Range(0, WindowsPerQuestion).Select(index => windows[(question + (index * 7)) % windows.Count]).ToArray();
                var answers = champion.Model.Predict(asked);
                _answers.AddOrUpdate(answers[^1].ModelId, 1, (_, count) => count + 1);
            }
#pragma warning disable CA1031 // Whatever goes wrong is a question without an answer, and that is what is counted.
            catch (Exception)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _failed);
            }

            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
