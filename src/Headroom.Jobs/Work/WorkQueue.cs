using System.Text.Json;
using Hangfire;
using Hangfire.States;
using Headroom.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Work;

/// <summary>Where long work is asked for.</summary>
public sealed class WorkQueue(WorkStore store, IBackgroundJobClient client, IServiceProvider services)
{
    private const string QueueName = "work";

    /// <summary>The queue of work that needs something: its own, so that only workers that have it take from it.</summary>
    internal static string QueueOf(string? needs) => needs is null ? QueueName : $"{QueueName}-{needs}";

    /// <summary>Asks for work and returns its id; it starts within seconds when a worker is free.</summary>
    /// <param name="kind">Name of an <see cref="IWorkKind"/>.</param>
    /// <param name="arguments">What to do; becomes JSON (camel case).</param>
    /// <param name="requestedBy">Who asks: a person, <c>api</c>, or a schedule.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Guid> EnqueueAsync(string kind, object arguments, string requestedBy, CancellationToken cancellationToken)
    {
        var id = await store.AddAsync(kind, JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web), requestedBy, cancellationToken).ConfigureAwait(false);
        Announce(id, kind);
        return id;
    }

    /// <summary>Asks for work unless the same waits or runs already; returns its id, and whether it is new.</summary>
    public async Task<(Guid WorkId, bool IsNew)> EnqueueOnceAsync(string kind, object arguments, string requestedBy, CancellationToken cancellationToken) =>
        await store.ActiveAsync(kind, JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web), cancellationToken).ConfigureAwait(false) is { } active
            ? (active, false)
            : (await EnqueueAsync(kind, arguments, requestedBy, cancellationToken).ConfigureAwait(false), true);

    /// <summary>Runs work again that failed or was cancelled, from its checkpoint. False when it is in another state.</summary>
    public async Task<bool> RetryAsync(Guid workId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(workId, cancellationToken).ConfigureAwait(false) is not { } work || !await store.RequeueAsync(workId, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Announce(workId, work.Kind);
        return true;
    }

    /// <summary>Tells the workers of work that is in the store. Telling twice does no harm: one worker takes it.</summary>
    // Kinds are looked up late: some of them ask for work themselves.
    internal void Announce(Guid workId, string kind) => client.Create<WorkRunner>(
        runner => runner.RunAsync(workId, CancellationToken.None), new EnqueuedState(QueueOf(services.GetServices<IWorkKind>().FirstOrDefault(known => known.Name == kind)?.Needs)));
}
