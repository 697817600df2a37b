using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Storage.Alerts;

/// <summary>Saves things whose names are unique.</summary>
internal static class UniqueNames
{
    /// <summary>Does a change in a transaction of its own. False, with nothing changed, when the name is taken.</summary>
    public static async Task<bool> TrySaveAsync(this IDbContextFactory<HeadroomDbContext> contexts, Func<HeadroomDbContext, Task> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await change(context).ConfigureAwait(false);
        try
        {
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
