using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>A running server as somebody who retrains uses it: only over HTTP.</summary>
internal sealed class RetrainServer(HttpClient client)
{
    private const string Model = $"/api/v1/models/{InterferenceVersions.Name}";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Version that the server answers with; null while it has none of the registry.</summary>
    public async Task<int?> ServedVersionAsync(CancellationToken cancellationToken)
    {
        var models = await client.GetFromJsonAsync<JsonElement>(At("/api/v1/models"), cancellationToken);
        var served = models.GetProperty("items").EnumerateArray().Single(model => model.GetProperty("model").GetString() == InterferenceVersions.Name).GetProperty("servedHere");
        return served.ValueKind == JsonValueKind.Number ? served.GetInt32() : null;
    }

    /// <summary>Waits until the server answers with a version, whichever it is or this one.</summary>
    public async Task<int> UntilServedAsync(int? wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ServedVersionAsync(cancellationToken) is { } served && (wanted is null || served == wanted))
            {
                return served;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Asks for a retraining and follows the job to its end.</summary>
    /// <exception cref="WorkFailedException">It failed or was cancelled.</exception>
    public async Task<RetrainAnswer> RetrainAsync(string data, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var accepted = await PostAsync($"{Model}/retrain", new { data, seed }, cancellationToken);
        var job = accepted.GetProperty("job").GetString()!;
        while (true)
        {
            var work = await client.GetFromJsonAsync<JsonElement>(At(job), cancellationToken);
            progress?.Report(work.GetProperty("progress").GetDouble());
            switch (work.GetProperty("state").GetString())
            {
                case "Succeeded":
                    return (await client.GetFromJsonAsync<RetrainAnswer>(At($"{job}/result"), cancellationToken))!;
                case "Failed" or "Cancelled":
                    throw new WorkFailedException(work.GetProperty("error").GetString() ?? "the job was cancelled");
                default:
                    await Task.Delay(Look, cancellationToken);
                    break;
            }
        }
    }

    public Task PromoteAsync(int number, string reason, CancellationToken cancellationToken) => PostAsync(FormattableString.Invariant($"{Model}/versions/{number}/promote"), new { reason }, cancellationToken);

    public Task RollBackAsync(string reason, CancellationToken cancellationToken) => PostAsync($"{Model}/rollback", new { reason }, cancellationToken);

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(At(path), body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new WorkFailedException($"POST {path}: expected success, got {(int)answer.StatusCode}: {text}");
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
