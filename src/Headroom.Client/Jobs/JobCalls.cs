namespace Headroom.Client.Jobs;

/// <summary>Long work: start it, follow it, take its result.</summary>
public sealed class JobCalls
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    private readonly ApiCalls _calls;

    internal JobCalls(ApiCalls calls) => _calls = calls;

    /// <summary>Starts a job at an address that answers 202, for example <c>/api/v1/backtests</c>.</summary>
    /// <param name="address">Where it is asked for.</param>
    /// <param name="question">What it shall do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="idempotencyKey">Names the request, so that sending it again starts nothing twice.</param>
    /// <exception cref="ApiProblemException">The question makes no sense.</exception>
    public Task<StartedJob> StartAsync(string address, object question, CancellationToken cancellationToken, string? idempotencyKey = null) =>
        _calls.PostAsync<StartedJob>(address, question, cancellationToken, idempotencyKey);

    /// <summary>One job.</summary>
    /// <exception cref="ApiProblemException">There is no such job.</exception>
    public Task<Job> GetAsync(Guid id, CancellationToken cancellationToken) => _calls.GetAsync<Job>($"/api/v1/jobs/{id}", cancellationToken);

    /// <summary>Asks a job to stop.</summary>
    /// <exception cref="ApiProblemException">There is no such job, or it has ended.</exception>
    public Task<Job> CancelAsync(Guid id, CancellationToken cancellationToken) => _calls.PostAsync<Job>($"/api/v1/jobs/{id}/cancel", null, cancellationToken);

    /// <summary>Waits until a job ends, in whatever way.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <param name="pause">How long between two looks; one second when left out.</param>
    /// <param name="progress">Told the share that is done, 0 to 1, at every look.</param>
    /// <exception cref="ApiProblemException">There is no such job.</exception>
    public async Task<Job> WaitAsync(Guid id, CancellationToken cancellationToken, TimeSpan? pause = null, IProgress<double>? progress = null)
    {
        while (true)
        {
            var job = await GetAsync(id, cancellationToken).ConfigureAwait(false);
            progress?.Report(job.Progress);
            if (job.HasEnded)
            {
                return job;
            }

            await Task.Delay(pause ?? DefaultPause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The answer of a job that succeeded.</summary>
    /// <exception cref="ApiProblemException">There is no such job, or it has none.</exception>
    public Task<T> ResultAsync<T>(Guid id, CancellationToken cancellationToken) => _calls.GetAsync<T>($"/api/v1/jobs/{id}/result", cancellationToken);
}
