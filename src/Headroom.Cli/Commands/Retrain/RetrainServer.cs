using Headroom.Client;
using Headroom.Client.Jobs;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>A running server as somebody who retrains uses it: only over its API.</summary>
internal sealed class RetrainServer(HeadroomClient server)
{
    private const string Model = $"/api/v1/models/{InterferenceVersions.Name}";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the server answers with a version, whichever it is or this one.</summary>
    public async Task<int> UntilServedAsync(int? wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await server.Calls.GetAsync<ServedModel>(Model, cancellationToken)).ServedHere is { } served && (wanted is null || served == wanted))
            {
                return served;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Asks for a retraining and follows the job to its end.</summary>
    /// <exception cref="WorkFailedException">It failed or was cancelled.</exception>
    /// <exception cref="ApiProblemException">The server refused.</exception>
    public async Task<RetrainAnswer> RetrainAsync(string data, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var started = await server.Jobs.StartAsync($"{Model}/retrain", new { data, seed }, cancellationToken);
        var job = await server.Jobs.WaitAsync(started.Id, cancellationToken, Look, progress);
        return job.State == JobState.Succeeded
            ? await server.Jobs.ResultAsync<RetrainAnswer>(started.Id, cancellationToken)
            : throw new WorkFailedException(job.Error ?? "the job was cancelled");
    }

    /// <exception cref="ApiProblemException">The server refused.</exception>
    public Task PromoteAsync(int number, string reason, CancellationToken cancellationToken) =>
        server.Calls.PostAsync<DecidedVersion>(FormattableString.Invariant($"{Model}/versions/{number}/promote"), new { reason }, cancellationToken);

    /// <exception cref="ApiProblemException">The server refused.</exception>
    public Task RollBackAsync(string reason, CancellationToken cancellationToken) => server.Calls.PostAsync<DecidedVersion>($"{Model}/rollback", new { reason }, cancellationToken);

    /// <param name="ServedHere">Version that the server answers with; null while it has none of the registry.</param>
    private sealed record ServedModel(int? ServedHere);

    private sealed record DecidedVersion(int Number);
}
