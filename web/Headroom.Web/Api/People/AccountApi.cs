using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.People;

/// <summary>Whoever asks: who that is, and that person's own keys.</summary>
internal static class AccountApi
{
    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/account").WithTags("People").RequireAuthorization(Policies.Viewer);
        api.MapGet("/", (ClaimsPrincipal person) => TypedResults.Ok(new AccountAnswer(person.Who(), Words.Of(person.Role()!.Value)))).WithName("GetAccount").WithSummary("Who is asking, and as what.");
        api.MapGet("/api-keys", ListAsync).WithName("ListOwnApiKeys").WithSummary("One's own API keys, the newest first, without the secrets.");
        api.MapPost("/api-keys", CreateAsync).WithName("CreateApiKey").WithSummary("Makes an API key of one's own; this answer alone holds it. With a key, only one that may administer makes others.");
        api.MapPost("/api-keys/{id:guid}/revoke", RevokeAsync).WithName("RevokeOwnApiKey").WithSummary("Takes an API key of one's own away, at once.");
    }

    /// <summary>Makes a key of a person; the second is null, or why it cannot be made.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="person">Whose it will be.</param>
    /// <param name="keys">Where keys are kept.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<(NewApiKey? Key, string? Problem)> MakeAsync(ApiKeyRequest request, ClaimsPrincipal person, ApiKeys keys, PeopleOptions options, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > ApiKeys.MaxNameLength)
        {
            return (null, $"name: expected 1 to {ApiKeys.MaxNameLength} characters, got {request.Name?.Length ?? 0}.");
        }

        if (Words.Read<KeyScope>(request.Scope) is not { } scope || (int)scope > (int)(person.Role() ?? 0))
        {
            return (null, $"scope: expected one of {Words.Expected<KeyScope>()}, up to what the role {person.Role()?.ToString().ToLowerInvariant()} allows, got '{request.Scope}'.");
        }

        if (request.Days < 1 || request.Days > options.KeyDays)
        {
            return (null, $"days: expected 1 to {options.KeyDays} (Headroom:People:KeyDays), got {request.Days}.");
        }

        if (person.PersonId() is not { } id)
        {
            return (null, "Keys belong to people, and on an open server nobody signs in; it answers without a key.");
        }

        return await keys.CreateAsync(id, request.Name.Trim(), scope, TimeSpan.FromDays(request.Days), options.KeysPerPerson, cancellationToken) is { } made
            ? (made, null)
            : (null, $"One person has at most {options.KeysPerPerson} keys at a time (Headroom:People:KeysPerPerson); revoke one first.");
    }

    private static async Task<Ok<Page<ApiKeyAnswer>>> ListAsync(
        ClaimsPrincipal person, ApiKeys keys, TimeProvider clock, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<ApiKeyAnswer> answers = person.PersonId() is { } id ? [.. (await keys.ListAsync(id, cancellationToken)).Select(key => ApiKeyAnswer.Of(key, now))] : [];
        return TypedResults.Ok(options.Value.Part(answers, after, limit));
    }

    [Idempotent, Refuses("invalid-api-key", "not-allowed")]
    private static async Task<Results<Created<NewApiKeyAnswer>, ProblemHttpResult>> CreateAsync(
        ApiKeyRequest request, ClaimsPrincipal person, ApiKeys keys, IOptions<PeopleOptions> options, CancellationToken cancellationToken)
    {
        // Whoever steals a small key must not be able to make another one that outlives it.
        if (person.HasKey() && person.Role() < PersonRole.Administrator)
        {
            return TypedResults.Problem(
                "expected a person's session, or a key with the scope administer.", statusCode: StatusCodes.Status403Forbidden, title: "Not allowed", type: "urn:headroom:not-allowed");
        }

        var (made, problem) = await MakeAsync(request, person, keys, options.Value, cancellationToken);
        return made is not null
            ? TypedResults.Created($"/api/v1/account/api-keys/{made.Id}", new NewApiKeyAnswer(made.Id, made.Key, made.ExpiresAt))
            : Problems.Invalid("invalid-api-key", problem!);
    }

    [Refuses("api-key-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, ClaimsPrincipal person, ApiKeys keys, CancellationToken cancellationToken) =>
        person.PersonId() is { } owner && await keys.RevokeAsync(id, owner, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("api-key-not-found", $"There is no API key {id} of yours; GET /api/v1/account/api-keys lists them.");
}
