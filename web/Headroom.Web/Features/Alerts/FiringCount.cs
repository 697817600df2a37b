using Headroom.Storage.Alerts;
using Npgsql;

namespace Headroom.Web.Features.Alerts;

/// <summary>How many alerts fire, asked for at most every few seconds however many pages are open.</summary>
internal sealed class FiringCount(AlertBook book, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, int? Count) _known;

    /// <summary>The count; null while the store cannot say.</summary>
    public async Task<int?> ReadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() - _known.At >= Fresh)
            {
                _known = (clock.GetUtcNow(), await CountAsync(cancellationToken));
            }

            return _known.Count;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<int?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await book.CountFiringAsync(cancellationToken);
        }
        catch (Exception away) when (away is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The database is away for a moment; the navigation does without the number.
            return null;
        }
    }
}
