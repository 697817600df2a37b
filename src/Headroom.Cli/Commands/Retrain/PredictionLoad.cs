using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>Asks a server for predictions over HTTP without a break and counts who answered.</summary>
internal sealed class PredictionLoad : IAsyncDisposable
{
    private const int Askers = 2;

    // Without a pause the askers would take both cores from the training.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly Uri Predict = new("/api/v1/predictions/interference", UriKind.Relative);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _answers = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _askers;

    /// <param name="client">Knows the server's address.</param>
    /// <param name="windows">Windows as JSON, in the layout of the API.</param>
    public PredictionLoad(HttpClient client, IReadOnlyList<string> windows) =>
        _askers = [.. Enumerable.Range(0, Askers).Select(asker => Task.Run(() => AskAsync(client, windows, asker)))];

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

    private async Task AskAsync(HttpClient client, IReadOnlyList<string> windows, int asker)
    {
        for (var request = asker; !_stop.IsCancellationRequested; request += Askers)
        {
            try
            {
                using var body = new StringContent(windows[request % windows.Count], Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(Predict, body);
                answer.EnsureSuccessStatusCode();
                var model = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("model").GetString()!;
                _answers.AddOrUpdate(model, 1, (_, count) => count + 1);
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
