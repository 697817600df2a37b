namespace Headroom.Ingestion.Bodies;

/// <summary>
/// How many bytes all requests together may hold. A request takes its share before it reads and gives it back when it is answered;
/// one that finds too little left is told to come back later, so memory does not grow with the number of senders.
/// </summary>
internal sealed class MemoryBudget(long limitBytes)
{
    private long _taken;

    public long TakenBytes => Interlocked.Read(ref _taken);

    /// <summary>Takes <paramref name="bytes"/>, or nothing when less is left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limitBytes)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
