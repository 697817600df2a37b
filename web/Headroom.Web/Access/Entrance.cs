using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Headroom.Web.Access;

/// <summary>Coming in and going out: what the sign-in, join and account pages do. Answers are null, or a sentence that says what is in the way.</summary>
internal sealed class Entrance(
    UserManager<PersonRow> people, SignInManager<PersonRow> door, HeadroomDbContext database, Invitations invitations, AuditLog audit, TimeProvider clock, IHttpContextAccessor http)
{
    public const string SignInPath = "/sign-in";
    public const string JoinPath = "/join";
    public const string AccountPath = "/account";
    public const string RefusedPath = "/refused";

    private const string NoSuchPair = "This address and password do not belong together.";
    private const string BadInvitation = "This invitation does not work: it is wrong, used, taken back or has expired. Ask an administrator for another one.";

    /// <summary>What is compared when nobody has the address, so that the time of the answer does not tell who is here.</summary>
    private static string? _nobodysHash;

    /// <summary>Whether a request tries a password or an invitation.</summary>
    public static bool IsAttempt(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && (request.Path.StartsWithSegments(SignInPath, StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments(JoinPath, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where to go afterwards: an address of this server, else the fleet.</summary>
    public static string Back(string? asked) => IsOfThisServer(asked) ? asked : "/fleet";

    /// <summary>Whether an address is a page of this server, whatever a browser makes of it: browsers drop tabs and read <c>//</c> and <c>/\</c> as another server.</summary>
    public static bool IsOfThisServer([NotNullWhen(true)] string? address) => address is ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl);

    public async Task<string?> SignInAsync(string address, string password)
    {
        if (await people.FindByEmailAsync(address) is not { } person)
        {
            _nobodysHash ??= people.PasswordHasher.HashPassword(new PersonRow(), "nobody");
            people.PasswordHasher.VerifyHashedPassword(new PersonRow(), _nobodysHash, password);
            await WriteAsync("somebody unknown", "SignIn", "refused");
            return NoSuchPair;
        }

        var result = await door.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        await WriteAsync(person.Email!, "SignIn", result.Succeeded ? "done" : result.IsLockedOut ? "refused: locked" : "refused");
        if (!result.Succeeded)
        {
            return result.IsLockedOut ? "Too many wrong passwords; try again in a few minutes." : NoSuchPair;
        }

        await EnterAsync(person);
        return null;
    }

    /// <summary>Takes an invitation: a new person with a password, or a new password for a person who is here.</summary>
    public async Task<string?> JoinAsync(string token, string password)
    {
        // The invitation is spent only if the person is stored.
        await using var transaction = await database.Database.BeginTransactionAsync();
        if (await invitations.TakeAsync(database, token, CancellationToken.None) is not { } invitation)
        {
            await WriteAsync("somebody unknown", "Join", "refused");
            return BadInvitation;
        }

        var (person, problem) = await StoreAsync(invitation, password);
        if (problem is not null)
        {
            return problem;
        }

        await transaction.CommitAsync();
        await WriteAsync(person.Email!, "Join", "done");
        await EnterAsync(person);
        return null;
    }

    public async Task<string?> ChangePasswordAsync(ClaimsPrincipal principal, string present, string next)
    {
        if (await people.GetUserAsync(principal) is not { } person)
        {
            return "Sign in first.";
        }

        var result = person.PasswordHash is null ? await people.AddPasswordAsync(person, next) : await people.ChangePasswordAsync(person, present, next);
        await WriteAsync(person.Email!, "ChangePassword", result.Succeeded ? "done" : "refused");
        if (!result.Succeeded)
        {
            return Sentence(result);
        }

        // The stamp changed, which ends every other session.
        await door.RefreshSignInAsync(person);
        return null;
    }

    public async Task SignOutAsync(ClaimsPrincipal principal)
    {
        await door.SignOutAsync();
        await WriteAsync(principal.Who(), "SignOut", "done");
    }

    private async Task<(PersonRow Person, string? Problem)> StoreAsync(InvitationRow invitation, string password)
    {
        if (await people.FindByEmailAsync(invitation.Address) is not { } present)
        {
            var now = clock.GetUtcNow();
            var person = new PersonRow
            {
                Id = Guid.CreateVersion7(now), UserName = invitation.Address, Email = invitation.Address, EmailConfirmed = true, Role = invitation.Role, CreatedAt = now,
            };
            var created = await people.CreateAsync(person, password);
            return (person, created.Succeeded ? null : Sentence(created));
        }

        if (present.DisabledAt is not null)
        {
            return (present, "An administrator has disabled this person.");
        }

        present.Role = (PersonRole)Math.Max((int)present.Role, (int)invitation.Role);
        await people.RemovePasswordAsync(present);
        var added = await people.AddPasswordAsync(present, password);
        await people.SetLockoutEndDateAsync(present, null);
        await people.ResetAccessFailedCountAsync(present);
        return (present, added.Succeeded ? null : Sentence(added));
    }

    private async Task EnterAsync(PersonRow person)
    {
        person.SignedInAt = clock.GetUtcNow();
        await people.UpdateAsync(person);
        await door.SignInAsync(person, isPersistent: true);
    }

    private Task WriteAsync(string who, string action, string outcome) =>
        audit.WriteAsync(who, action, who, http.HttpContext?.Connection.RemoteIpAddress?.ToString(), outcome, CancellationToken.None);

    private static string Sentence(IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));
}
