using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Headroom.Storage.Registry;

/// <summary>
/// One change of one model's registry: changes of the same model wait for each other, a worker that lost its work is refused, and
/// whoever serves the model hears of the change when it is committed.
/// </summary>
internal sealed class RegistryLock : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;

    private RegistryLock(HeadroomDbContext context, IDbContextTransaction transaction) => (Context, _transaction) = (context, transaction);

    public HeadroomDbContext Context { get; }

    /// <exception cref="PublicationRefusedException">Another worker holds the work now.</exception>
    public static async Task<RegistryLock> TakeAsync(IDbContextFactory<HeadroomDbContext> contexts, string model, WorkFence? fence, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        IDbContextTransaction? transaction = null;
        try
        {
            transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"headroom model " + model}, 0))", cancellationToken).ConfigureAwait(false);
            if (fence is not null && !await IsHeldAsync(context, fence, cancellationToken).ConfigureAwait(false))
            {
                throw new PublicationRefusedException("another worker took this work over, or it has ended: nothing was published");
            }

            return new RegistryLock(context, transaction);
        }
        catch
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }

            await context.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task CommitAsync(string model, CancellationToken cancellationToken)
    {
        await Context.Database.ExecuteSqlAsync($"SELECT pg_notify({ModelNews.Channel}, {model})", cancellationToken).ConfigureAwait(false);
        await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await Context.DisposeAsync().ConfigureAwait(false);
    }

    // The row stays locked until the commit, so nobody takes the work over in between.
    private static async Task<bool> IsHeldAsync(HeadroomDbContext context, WorkFence fence, CancellationToken cancellationToken) =>
        (await context.Database.SqlQuery<int>(
            $"SELECT 1 AS \"Value\" FROM work WHERE work_id = {fence.WorkId} AND fence = {fence.Fence} AND state = {(short)WorkState.Running} FOR UPDATE")
            .ToListAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
}
