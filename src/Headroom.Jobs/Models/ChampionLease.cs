namespace Headroom.Jobs.Models;

/// <summary>The right to ask a model; dispose of it when the answer is there.</summary>
public sealed class ChampionLease<T> : IDisposable
    where T : class
{
    private ChampionSlot<T>.Holder? _holder;

    internal ChampionLease(ChampionSlot<T>.Holder holder) => (_holder, Model, VersionId) = (holder, holder.Model, holder.VersionId);

    /// <summary>The model.</summary>
    public T Model { get; }

    /// <summary>Its version in the registry, if it is there.</summary>
    public int? VersionId { get; }

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _holder, null)?.Leave();
}
