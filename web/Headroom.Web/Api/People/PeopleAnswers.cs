using Headroom.Storage.Model;
using Headroom.Storage.People;

namespace Headroom.Web.Api.People;

/// <summary>A person who may sign in.</summary>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>administrator</c>.</param>
/// <param name="SignedInAt">When the person last signed in.</param>
/// <param name="DisabledAt">Since when the person is kept out.</param>
internal sealed record PersonAnswer(Guid Id, string Address, string Role, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, DateTimeOffset? DisabledAt)
{
    public static PersonAnswer Of(ListedPerson person) =>
        new(person.Id, person.Address, Words.Of(person.Role), person.CreatedAt, person.SignedInAt, person.DisabledAt);

    /// <summary>What administrators decided, without what the person does.</summary>
    public PersonAnswer Decided() => this with { SignedInAt = null };
}

/// <summary>A role to give.</summary>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>administrator</c>.</param>
internal sealed record RoleRequest(string? Role);

/// <summary>Whom to invite, as what.</summary>
/// <param name="Address">Mail address; nothing is sent to it.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>administrator</c>.</param>
internal sealed record InvitationRequest(string? Address, string? Role);

/// <summary>A new invitation. The link is in this answer and nowhere else: the server keeps a hash of its token.</summary>
internal sealed record NewInvitationAnswer(Guid Id, string Address, string Role, Uri Link, DateTimeOffset ExpiresAt);

/// <summary>An invitation, without its link.</summary>
/// <param name="State"><c>open</c>, <c>used</c>, <c>revoked</c> or <c>expired</c>.</param>
internal sealed record InvitationAnswer(Guid Id, string Address, string Role, string State, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public static InvitationAnswer Of(InvitationRow row, DateTimeOffset now) =>
        new(row.InvitationId, row.Address, Words.Of(row.Role), StateOf(row, now), row.CreatedBy, row.CreatedAt, row.ExpiresAt);

    private static string StateOf(InvitationRow row, DateTimeOffset now) =>
        row.UsedAt is not null ? "used" : row.RevokedAt is not null ? "revoked" : row.ExpiresAt <= now ? "expired" : "open";
}

/// <summary>An API key to make.</summary>
/// <param name="Name">For people: what it is for.</param>
/// <param name="Scope"><c>read</c>, <c>operate</c> or <c>administer</c>.</param>
/// <param name="Days">Days until it expires; at most Headroom:People:KeyDays.</param>
internal sealed record ApiKeyRequest(string? Name, string? Scope, int Days = 90);

/// <summary>A new API key. The key is in this answer and nowhere else: the server keeps a hash.</summary>
internal sealed record NewApiKeyAnswer(Guid Id, string Key, DateTimeOffset ExpiresAt);

/// <summary>An API key, without the secret.</summary>
/// <param name="State"><c>good</c>, <c>revoked</c> or <c>expired</c>.</param>
/// <param name="UsedAt">When it was last used, to the minute.</param>
internal sealed record ApiKeyAnswer(Guid Id, string Name, string Owner, string Scope, string State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt)
{
    public static ApiKeyAnswer Of(ListedApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, key.Owner, Words.Of(key.Scope), key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "good", key.CreatedAt, key.ExpiresAt, key.UsedAt);
}

/// <summary>One change.</summary>
/// <param name="Who">A person's address, with the key's name where one was used.</param>
/// <param name="What">Name of the action, the same as the endpoint's operation id.</param>
/// <param name="On">On which object.</param>
/// <param name="From">Network address that it came from.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record AuditAnswer(long Id, DateTimeOffset At, string Who, string What, string On, string? From, string Outcome)
{
    public static AuditAnswer Of(AuditRow row) => new(row.AuditId, row.At, row.Actor, row.Action, row.Subject, row.FromAddress, row.Outcome);
}

/// <summary>Who is asking.</summary>
/// <param name="Who">The person's address, with the key's name where one was used.</param>
internal sealed record AccountAnswer(string Who, string Role);

/// <summary>Roles and scopes as words.</summary>
internal static class Words
{
    public static string Of(PersonRole role) => role.ToString().ToLowerInvariant();

    public static string Of(KeyScope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>The value of a word; null when there is none of that name.</summary>
    public static T? Read<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word![0]) ? value : null;

    public static string Expected<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
}
