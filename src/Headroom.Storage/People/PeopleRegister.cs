using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.People;

/// <summary>How a change of a person ended.</summary>
public enum PersonChange
{
    Done,
    NoSuchPerson,

    /// <summary>Nobody would be left who can administer.</summary>
    LastAdministrator,
}

/// <summary>A person, as listed.</summary>
public sealed record ListedPerson(Guid Id, string Address, PersonRole Role, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, DateTimeOffset? DisabledAt);

/// <summary>Who may sign in, and as what. Every change ends the person's sessions: the next look at the security stamp finds another one.</summary>
public sealed class PeopleRegister(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Everybody, by address.</summary>
    public async Task<IReadOnlyList<ListedPerson>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.People.AsNoTracking().OrderBy(person => person.NormalizedEmail)
            .Select(person => new ListedPerson(person.Id, person.Email!, person.Role, person.CreatedAt, person.SignedInAt, person.DisabledAt))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One person, or null.</summary>
    public async Task<ListedPerson?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).SingleOrDefault(person => person.Id == id);

    public Task<PersonChange> SetRoleAsync(Guid id, PersonRole role, CancellationToken cancellationToken) =>
        ChangeAsync(id, person => person.Role = role, cancellationToken);

    /// <summary>Keeps a person out, with every session and key; or lets the person in again.</summary>
    public Task<PersonChange> SetDisabledAsync(Guid id, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(id, person => person.DisabledAt = disabled ? person.DisabledAt ?? clock.GetUtcNow() : null, cancellationToken);

    private async Task<PersonChange> ChangeAsync(Guid id, Action<PersonRow> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

        // One change at a time: two administrators who demote each other must not both succeed.
        await context.Database.ExecuteSqlAsync($"LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE", cancellationToken).ConfigureAwait(false);
        if (await context.People.SingleOrDefaultAsync(person => person.Id == id, cancellationToken).ConfigureAwait(false) is not { } changed)
        {
            return PersonChange.NoSuchPerson;
        }

        var administered = IsAdministrator(changed);
        change(changed);
        if (administered && !IsAdministrator(changed)
            && !await context.People.AnyAsync(person => person.Id != id && person.Role == PersonRole.Administrator && person.DisabledAt == null, cancellationToken).ConfigureAwait(false))
        {
            return PersonChange.LastAdministrator;
        }

        // A link made before must not undo what was decided now.
        var now = clock.GetUtcNow();
        var open = await context.Invitations.Where(invitation => invitation.UsedAt == null && invitation.RevokedAt == null && invitation.ExpiresAt > now).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var invitation in open.Where(invitation => string.Equals(invitation.Address, changed.Email, StringComparison.OrdinalIgnoreCase)))
        {
            invitation.RevokedAt = now;
        }

        changed.SecurityStamp = Secret.Create();
        changed.ConcurrencyStamp = Guid.CreateVersion7(now).ToString();
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return PersonChange.Done;
    }

    private static bool IsAdministrator(PersonRow person) => person is { Role: PersonRole.Administrator, DisabledAt: null };
}
