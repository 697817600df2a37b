namespace Headroom.Jobs.Models;

/// <summary>
/// Holds the model that answers. Whoever asks rents it; a swap takes effect for the next renter at once, and the model before is
/// disposed of when its last renter is done. No lock, no waiting, and never a moment without a model.
/// </summary>
/// <typeparam name="T">The model; disposed of if it is disposable.</typeparam>
public sealed class ChampionSlot<T> : IDisposable
    where T : class
{
    private Holder? _current;

    /// <summary>Version of the model that answers; null before the first, and for one that is not in the registry.</summary>
    public int? VersionId => Volatile.Read(ref _current)?.VersionId;

    /// <summary>Whether there is a model.</summary>
    public bool IsFilled => Volatile.Read(ref _current) is not null;

    /// <summary>The model, until the lease is disposed of; null before the first.</summary>
    public ChampionLease<T>? TryRent()
    {
        while (Volatile.Read(ref _current) is { } holder)
        {
            // A holder that just ended was replaced by another one.
            if (holder.TryEnter())
            {
                return new ChampionLease<T>(holder);
            }
        }

        return null;
    }

    /// <summary>Puts a model in unless there is one.</summary>
    public void Fill(T model) => Interlocked.CompareExchange(ref _current, new Holder(model, null), null);

    /// <summary>Puts another model in. The task ends when the one before has answered its last question and is gone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="versionId">Its version in the registry, if it is there.</param>
    public Task Swap(T model, int? versionId)
    {
        var before = Interlocked.Exchange(ref _current, new Holder(model, versionId));
        before?.Leave();
        return before?.Drained ?? Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _current, null)?.Leave();

    internal sealed class Holder(T model, int? versionId)
    {
        private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // The slot itself counts as one.
        private int _users = 1;

        public T Model => model;

        public int? VersionId => versionId;

        public Task Drained => _drained.Task;

        public bool TryEnter()
        {
            var users = Volatile.Read(ref _users);
            while (users > 0)
            {
                var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
                if (seen == users)
                {
                    return true;
                }

                users = seen;
            }

            return false;
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _users) == 0)
            {
                _ = EndAsync();
            }
        }

        private async Task EndAsync()
        {
            try
            {
                if (model is IAsyncDisposable asynchronous)
                {
                    await asynchronous.DisposeAsync().ConfigureAwait(false);
                }
                else
                {
                    (model as IDisposable)?.Dispose();
                }

                _drained.SetResult();
            }
#pragma warning disable CA1031 // Whoever waits for the model to be gone is told; nobody else needs to know.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _drained.SetException(failure);
            }
        }
    }
}
