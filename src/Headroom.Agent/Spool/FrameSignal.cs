namespace Headroom.Agent.Spool;

/// <summary>Tells the sender that there is something to send. Setting it twice wakes once.</summary>
internal sealed class FrameSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        if (_set.CurrentCount == 0)
        {
            try
            {
                _set.Release();
            }
            catch (SemaphoreFullException)
            {
                // Set by another at the same moment.
            }
        }
    }

    /// <summary>Waits until it is set, and takes it back.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _set.WaitAsync(cancellationToken);

    public void Dispose() => _set.Dispose();
}
