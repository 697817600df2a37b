using Headroom.Ingestion.Bodies;

namespace Headroom.Ingestion.Receiving;

/// <summary>What one request holds of the memory budget.</summary>
internal sealed class MemoryLease(MemoryBudget budget) : IDisposable
{
    private long _bytes;

    /// <exception cref="RefusedException">Less is left: come back later.</exception>
    public void Take(long bytes)
    {
        if (!budget.TryTake(bytes))
        {
            throw new RefusedException(Refusal.Busy);
        }

        _bytes += bytes;
    }

    public void Dispose()
    {
        budget.GiveBack(_bytes);
        _bytes = 0;
    }
}
