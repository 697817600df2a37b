using System.Text.Json;
using Hangfire;
using Hangfire.States;
using Headroom.Storage.Work;

namespace Headroom.Jobs.Work;

/// <summary>Where long work is asked for.</summary>
public sealed class WorkQueue(WorkStore store, IBackgroundJobClient client)
{
    internal const string QueueName = "work";

    /// <summary>Asks for work and returns its id; it starts within seconds when a worker is free.</summary>
    /// <param name="kind">Name of an <see cref="IWorkKind"/>.</param>
    /// <param name="arguments">What to do; becomes JSON (camel case).</param>
    /// <param name="requestedBy">Who asks: a person, <c>api</c>, or a schedule.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Guid> EnqueueAsync(string kind, object arguments, string requestedBy, CancellationToken cancellationToken)
    {
        var id = await store.AddAsync(kind, JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web), requestedBy, cancellationToken).ConfigureAwait(false);
        Announce(id);
        return id;
    }

    /// <summary>Runs work again that failed or was cancelled, from its checkpoint. False when it is in another state.</summary>
    public async Task<bool> RetryAsync(Guid workId, CancellationToken cancellationToken)
    {
        if (!await store.RequeueAsync(workId, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Announce(workId);
        return true;
    }

    /// <summary>Tells the workers of work that is in the store. Telling twice does no harm: one worker takes it.</summary>
    internal void Announce(Guid workId) =>
        client.Create<WorkRunner>(runner => runner.RunAsync(workId, CancellationToken.None), new EnqueuedState(QueueName));
}
