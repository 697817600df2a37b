using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.People;

/// <summary>A new invitation. The token is here and nowhere else: the store keeps a hash.</summary>
public sealed record NewInvitation(Guid Id, string Address, PersonRole Role, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The link to hand over. The token stands after the #: browsers do not send that part, so that no log of a server or proxy ever holds it.</summary>
    public Uri Link(Uri server) => new(server, $"/join#{Token}");
}

/// <summary>Links by which people join, each good for one person, once, until it expires. Used by the pages, the API and the commands.</summary>
public sealed class Invitations(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    private const int MaxListed = 1_000;

    /// <param name="address">Mail address of the person.</param>
    /// <param name="role">What the person may do; null for administrator while there is none, viewer afterwards.</param>
    /// <param name="by">Who invites.</param>
    /// <param name="lifetime">How long the link works.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The address is not one.</exception>
    public async Task<NewInvitation> CreateAsync(string address, PersonRole? role, string by, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (!MailAddress.IsValid(address))
        {
            throw new ArgumentException(MailAddress.Expected(address));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        var (token, now) = (Secret.Create(), clock.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var given = role ?? (await HasAdministratorAsync(context, cancellationToken).ConfigureAwait(false) ? PersonRole.Viewer : PersonRole.Administrator);
        var row = new InvitationRow
        {
            InvitationId = Guid.CreateVersion7(now), TokenHash = Secret.Hash(token), Address = address, Role = given, CreatedBy = by, CreatedAt = now, ExpiresAt = now + lifetime,
        };
        context.Invitations.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return new NewInvitation(row.InvitationId, address, given, token, row.ExpiresAt);
    }

    /// <summary>Whether somebody can administer: until then the first link decides who will.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await HasAdministratorAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the invitation of a token, once: null when it is unknown, used, revoked or expired.</summary>
    /// <param name="context">The context that also stores the person, within one transaction.</param>
    /// <param name="token">The token of the link.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<InvitationRow?> TakeAsync(HeadroomDbContext context, string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Secret.Hash(token), clock.GetUtcNow());

        // One statement decides who gets it, however many ask at once.
        var taken = await context.Invitations
            .Where(invitation => invitation.TokenHash == hash && invitation.UsedAt == null && invitation.RevokedAt == null && invitation.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.UsedAt, now), cancellationToken).ConfigureAwait(false);
        return taken == 0 ? null : await context.Invitations.AsNoTracking().SingleAsync(invitation => invitation.TokenHash == hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest invitations, at most 1,000.</summary>
    public async Task<IReadOnlyList<InvitationRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Invitations.AsNoTracking().OrderByDescending(invitation => invitation.CreatedAt).Take(MaxListed).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a link back that nobody has used. False when there is none.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Invitations.Where(invitation => invitation.InvitationId == id && invitation.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.RevokedAt, invitation => invitation.RevokedAt ?? now), cancellationToken).ConfigureAwait(false) == 1;
    }

    private static Task<bool> HasAdministratorAsync(HeadroomDbContext context, CancellationToken cancellationToken) =>
        context.People.AnyAsync(person => person.Role == PersonRole.Administrator && person.DisabledAt == null, cancellationToken);
}
