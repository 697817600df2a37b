using System.ComponentModel;
using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Storage.Requests;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.People;

/// <summary>Who may do what, for administrators: people, roles, invitations, everybody's keys, the audit log.</summary>
internal static class PeopleApi
{
    private const string OnePerson = "/api/v1/people/{id}";

    public static void MapPeopleApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("People").RequireAuthorization(Policies.Administrator);
        api.MapGet("/people", ListAsync).WithName("ListPeople").WithSummary("Everybody who may sign in.");
        api.MapGet("/people/{id:guid}", GetAsync).WithName("GetPerson").WithSummary("One of them.");
        api.MapPut("/people/{id:guid}/role", SetRoleAsync).WithName("SetRole").WithSummary("Gives a person another role; ends the person's sessions.");
        api.MapPost("/people/{id:guid}/disable", DisableAsync).WithName("DisablePerson").WithSummary("Keeps a person out, with every session and key.");
        api.MapPost("/people/{id:guid}/enable", EnableAsync).WithName("EnablePerson").WithSummary("Lets a person in again.");
        api.MapGet("/invitations", ListInvitationsAsync).WithName("ListInvitations").WithSummary("Invitations, the newest first, without their links.");
        api.MapPost("/invitations", InviteAsync).WithName("Invite").WithSummary("Makes a link by which one person joins, once; this answer alone holds it.");
        api.MapPost("/invitations/{id:guid}/revoke", RevokeInvitationAsync).WithName("RevokeInvitation").WithSummary("Takes back a link that nobody has used.");
        api.MapGet("/api-keys", ListKeysAsync).WithName("ListApiKeys").WithSummary("Everybody's API keys, the newest first, without the secrets.");
        api.MapPost("/api-keys/{id:guid}/revoke", RevokeKeyAsync).WithName("RevokeApiKey").WithSummary("Takes anybody's API key away, at once.");
        api.MapGet("/audit", AuditAsync).WithName("ListAudit").WithSummary("Who changed what, when, from where, and how it ended; the newest first.");
    }

    private static async Task<Ok<Page<PersonAnswer>>> ListAsync(PeopleRegister people, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await people.ListAsync(cancellationToken)).Select(PersonAnswer.Of)], after, limit));

    [Versioned(OfDecisions = true), Refuses("person-not-found")]
    private static async Task<Results<Ok<PersonAnswer>, ProblemHttpResult>> GetAsync(Guid id, HttpResponse http, PeopleRegister people, EntityTag tags, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(id, cancellationToken) is not { } found)
        {
            return NoPerson(id);
        }

        var answer = PersonAnswer.Of(found);
        tags.Mark(http, answer.Decided());
        return TypedResults.Ok(answer);
    }

    [IfMatch(OnePerson), Refuses("invalid-role", "person-not-found", "last-administrator")]
    private static async Task<Results<NoContent, ProblemHttpResult>> SetRoleAsync(
        Guid id, RoleRequest request, HttpRequest http, PeopleRegister people, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken) =>
        Words.Read<PersonRole>(request.Role) is { } role
            ? await ChangeAsync(id, () => people.SetRoleAsync(id, role, cancellationToken), http, people, tags, changes, cancellationToken)
            : Problems.Invalid("invalid-role", $"role: expected one of {Words.Expected<PersonRole>()}, got '{request.Role}'.");

    [IfMatch(OnePerson), Refuses("person-not-found", "last-administrator")]
    private static Task<Results<NoContent, ProblemHttpResult>> DisableAsync(Guid id, HttpRequest http, PeopleRegister people, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken) =>
        ChangeAsync(id, () => people.SetDisabledAsync(id, true, cancellationToken), http, people, tags, changes, cancellationToken);

    [IfMatch(OnePerson), Refuses("person-not-found")]
    private static Task<Results<NoContent, ProblemHttpResult>> EnableAsync(Guid id, HttpRequest http, PeopleRegister people, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken) =>
        ChangeAsync(id, () => people.SetDisabledAsync(id, false, cancellationToken), http, people, tags, changes, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        Guid id, Func<Task<PersonChange>> change, HttpRequest http, PeopleRegister people, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        await using var held = await changes.TakeAsync($"person {id}", cancellationToken);
        if (await people.FindAsync(id, cancellationToken) is not { } present)
        {
            return NoPerson(id);
        }

        if (!tags.Permits(http, PersonAnswer.Of(present).Decided()))
        {
            return Problems.Changed($"The person is not as If-Match says; read it again with GET /api/v1/people/{id}.");
        }

        return await change() switch
        {
            PersonChange.Done => TypedResults.NoContent(),
            PersonChange.LastAdministrator => Problems.Conflict("last-administrator", "Nobody else could administer afterwards; make somebody else administrator first."),
            _ => NoPerson(id),
        };
    }

    private static ProblemHttpResult NoPerson(Guid id) => Problems.NotFound("person-not-found", $"There is no person {id}; GET /api/v1/people lists them.");

    private static async Task<Ok<Page<InvitationAnswer>>> ListInvitationsAsync(
        Invitations invitations, TimeProvider clock, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok(options.Value.Part([.. (await invitations.ListAsync(cancellationToken)).Select(row => InvitationAnswer.Of(row, now))], after, limit));
    }

    [Idempotent, Refuses("invalid-invitation")]
    private static async Task<Results<Created<NewInvitationAnswer>, ProblemHttpResult>> InviteAsync(
        InvitationRequest request, ClaimsPrincipal person, HttpRequest http, Invitations invitations, IOptions<PeopleOptions> options, CancellationToken cancellationToken)
    {
        if (Words.Read<PersonRole>(request.Role) is not { } role || !MailAddress.IsValid(request.Address))
        {
            return Problems.Invalid("invalid-invitation", $"role: expected one of {Words.Expected<PersonRole>()}, got '{request.Role}'; {MailAddress.Expected(request.Address)}");
        }

        var made = await invitations.CreateAsync(request.Address!, role, person.Who(), options.Value.InvitationLifetime, cancellationToken);
        return TypedResults.Created(
            $"/api/v1/invitations/{made.Id}", new NewInvitationAnswer(made.Id, made.Address, Words.Of(made.Role), made.Link(new Uri($"{http.Scheme}://{http.Host}")), made.ExpiresAt));
    }

    [Refuses("invitation-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeInvitationAsync(Guid id, Invitations invitations, CancellationToken cancellationToken) =>
        await invitations.RevokeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("invitation-not-found", $"There is no invitation {id} that nobody has used; GET /api/v1/invitations lists them.");

    private static async Task<Ok<Page<ApiKeyAnswer>>> ListKeysAsync(
        ApiKeys keys, TimeProvider clock, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok(options.Value.Part([.. (await keys.ListAsync(null, cancellationToken)).Select(key => ApiKeyAnswer.Of(key, now))], after, limit));
    }

    [Refuses("api-key-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeKeyAsync(Guid id, ApiKeys keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, null, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("api-key-not-found", $"There is no API key {id}; GET /api/v1/api-keys lists them.");

    private static async Task<Ok<IReadOnlyList<AuditAnswer>>> AuditAsync(
        AuditLog audit,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only older entries than the one of this id; the id of the last entry of the part before.")] long? before = null,
        [Description("Only entries with this text in who, what or on which object.")] string? search = null,
        int? limit = null)
    {
        IReadOnlyList<AuditAnswer> answers = [.. (await audit.ListAsync(before, search, options.Value.Take(limit), cancellationToken)).Select(AuditAnswer.Of)];
        return TypedResults.Ok(answers);
    }
}
