using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.People;

/// <summary>A new key. The secret is here and nowhere else: the store keeps a hash.</summary>
public sealed record NewApiKey(Guid Id, string Key, DateTimeOffset ExpiresAt);

/// <summary>A key that was accepted, and whose it is.</summary>
/// <param name="Role">What it may do: its scope, as far as its owner's role goes.</param>
public sealed record AcceptedKey(Guid KeyId, string Name, Guid PersonId, string Address, PersonRole Role);

/// <summary>A key, as it is listed.</summary>
public sealed record ListedApiKey(
    Guid Id, string Name, Guid PersonId, string Owner, KeyScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt);

/// <summary>People's keys for programs. A key is looked up at every use, so that a revoked one stops at once in every process.</summary>
public sealed class ApiKeys(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>How every key begins, so that scanners of leaked secrets find it.</summary>
    public const string Prefix = "hr_";

    /// <summary>Longest name, characters.</summary>
    public const int MaxNameLength = 100;

    private const int MaxListed = 1_000;

    /// <summary>The time of the last use is kept to this, so that a busy key does not write at every call.</summary>
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key of a person; null when that person has <paramref name="most"/> keys that work.</summary>
    public async Task<NewApiKey?> CreateAsync(Guid personId, string name, KeyScope scope, TimeSpan lifetime, int most, CancellationToken cancellationToken)
    {
        var (key, now) = (Prefix + Secret.Create(), clock.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        if (await context.ApiKeys.CountAsync(other => other.PersonId == personId && other.RevokedAt == null && other.ExpiresAt > now, cancellationToken).ConfigureAwait(false) >= most)
        {
            return null;
        }

        var row = new ApiKeyRow
        {
            KeyId = Guid.CreateVersion7(now), PersonId = personId, Name = name, KeyHash = Secret.Hash(key), Scope = scope, CreatedAt = now, ExpiresAt = now + lifetime,
        };
        context.ApiKeys.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return new NewApiKey(row.KeyId, key, row.ExpiresAt);
    }

    /// <summary>Whose key this is; null when it is unknown, revoked or expired, or its owner is disabled.</summary>
    public async Task<AcceptedKey?> AcceptAsync(string key, CancellationToken cancellationToken)
    {
        var (hash, now) = (Secret.Hash(key), clock.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var found = await (from row in context.ApiKeys.AsNoTracking()
                           join person in context.People on row.PersonId equals person.Id
                           where row.KeyHash == hash && row.RevokedAt == null && row.ExpiresAt > now && person.DisabledAt == null
                           select new { Key = row, person.Role, person.Email }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        if (found.Key.UsedAt is null || now - found.Key.UsedAt > UseResolution)
        {
            await context.ApiKeys.Where(row => row.KeyId == found.Key.KeyId).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken).ConfigureAwait(false);
        }

        return new AcceptedKey(found.Key.KeyId, found.Key.Name, found.Key.PersonId, found.Email ?? "", (PersonRole)Math.Min((int)found.Key.Scope, (int)found.Role));
    }

    /// <summary>The newest keys of a person, or of everybody; at most 1,000.</summary>
    public async Task<IReadOnlyList<ListedApiKey>> ListAsync(Guid? personId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await (from key in context.ApiKeys.AsNoTracking()
                      join person in context.People on key.PersonId equals person.Id
                      where personId == null || key.PersonId == personId
                      orderby key.CreatedAt descending
                      select new ListedApiKey(key.KeyId, key.Name, key.PersonId, person.Email!, key.Scope, key.CreatedAt, key.ExpiresAt, key.UsedAt, key.RevokedAt))
            .Take(MaxListed).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a key away, of a person or of anybody. False when there is no such key.</summary>
    public async Task<bool> RevokeAsync(Guid keyId, Guid? personId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ApiKeys.Where(key => key.KeyId == keyId && (personId == null || key.PersonId == personId))
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, key => key.RevokedAt ?? now), cancellationToken).ConfigureAwait(false) == 1;
    }
}
