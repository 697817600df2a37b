using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Views;

/// <summary>Pages that people keep under a name.</summary>
public sealed class SavedViews(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>All of them by name.</summary>
    public async Task<IReadOnlyList<SavedViewRow>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.SavedViews.AsNoTracking().OrderBy(view => view.Name).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One of them, or null.</summary>
    public async Task<SavedViewRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.SavedViews.AsNoTracking().SingleOrDefaultAsync(view => view.Name == name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a view, or replaces the one of this name. Null when the limit is reached.</summary>
    public async Task<SavedViewRow?> SaveAsync(string name, string address, string by, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var row = await context.SavedViews.FirstOrDefaultAsync(view => view.Name == name, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            if (await context.SavedViews.CountAsync(cancellationToken).ConfigureAwait(false) >= limit)
            {
                return null;
            }

            row = new SavedViewRow { Name = name, Address = address, By = by };
            context.SavedViews.Add(row);
        }

        (row.Address, row.By, row.SavedAt) = (address, by, clock.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>False when there is none of this name.</summary>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.SavedViews.Where(view => view.Name == name).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0;
    }
}
