using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.People;

/// <summary>Who changed what, when, from where, on which object, and how it ended. Entries are added and read, never changed.</summary>
public sealed class AuditLog(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Longest text of a field; more is cut.</summary>
    private const int MaxLength = 500;

    public async Task WriteAsync(string actor, string action, string subject, string? fromAddress, string outcome, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.Audit.Add(new AuditRow
        {
            At = clock.GetUtcNow(), Actor = Cut(actor), Action = Cut(action), Subject = Cut(subject), FromAddress = fromAddress, Outcome = Cut(outcome),
        });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Entries, the newest first.</summary>
    /// <param name="before">Only entries older than the one of this id; null from the newest.</param>
    /// <param name="search">Only entries with this text in who, what or on which object; null for all.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<AuditRow>> ListAsync(long? before, string? search, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = context.Audit.AsNoTracking().Where(entry => before == null || entry.AuditId < before);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = SearchPattern.Containing(search);
            rows = rows.Where(entry => EF.Functions.ILike(entry.Actor, pattern) || EF.Functions.ILike(entry.Action, pattern) || EF.Functions.ILike(entry.Subject, pattern));
        }

        return await rows.OrderByDescending(entry => entry.AuditId).Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength];
}
