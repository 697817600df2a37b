using Headroom.Ingestion.Enrolling;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Agents;

/// <summary>Who may send: agents, single-use tokens that become agents, and the keys of outside senders.</summary>
internal static class AgentsApi
{
    /// <summary>Most agents that one token may enrol.</summary>
    public const int MaxUses = 10_000;

    private const int MaxNoteLength = 255, MaxMinutes = 10_080;

    public static void MapAgentsApi(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/v1/agents").WithTags("Agents");
        agents.MapGet("/", ListAsync).WithName("ListAgents").WithSummary("Agents and outside sources by host name: last frame, version, lag, drops.");
        agents.MapPost("/{id:guid}/rotate", RotateAsync).RequireAuthorization(Policies.Administrator).WithName("RotateAgentKey").WithSummary("Has an agent fetch a new key with its next frames; nothing restarts and nobody sees the key.");
        agents.MapPost("/{id:guid}/revoke", RevokeAsync).RequireAuthorization(Policies.Administrator).WithName("RevokeAgent").WithSummary("Takes an agent's keys away; what it sent stays.");
        agents.MapGet("/tokens", ListTokensAsync).WithName("ListEnrolmentTokens").WithSummary("Enrolment tokens, the newest first, without the secrets.");
        agents.MapPost("/tokens", CreateTokenAsync).RequireAuthorization(Policies.Administrator).WithName("CreateEnrolmentToken").WithSummary("Makes a token that enrols one agent, or a fleet; this answer alone holds it.");

        var keys = routes.MapGroup("/api/v1/ingest-keys").WithTags("Agents");
        keys.MapGet("/", ListKeysAsync).WithName("ListIngestKeys").WithSummary("Keys of OpenTelemetry Collectors and Prometheus servers.");
        keys.MapPost("/", CreateKeyAsync).RequireAuthorization(Policies.Administrator).WithName("CreateIngestKey").WithSummary("Makes a key for an outside sender; this answer alone holds it.");
        keys.MapPost("/{id:guid}/revoke", RevokeKeyAsync).RequireAuthorization(Policies.Administrator).WithName("RevokeIngestKey").WithSummary("Takes the key of an outside sender away.");
    }

    /// <summary>What a person types on the machine that is to be measured.</summary>
    public static string EnrolCommand(string server, string token) => $"headroom-agent enrol --server {server} --token {token} && headroom-agent run";

    private static async Task<Ok<Page<AgentAnswer>>> ListAsync(
        Enrolment enrolment, IOptions<ApiOptions> options, TimeProvider clock, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var take = Math.Min(options.Value.Take(limit), 999);
        var (skip, now) = (Math.Max(after, 0), clock.GetUtcNow());
        var found = await enrolment.ListAgentsAsync(skip, take + 1, cancellationToken);
        IReadOnlyList<AgentAnswer> answers = [.. found.Take(take).Select(agent => AgentAnswer.Of(agent, now))];
        return TypedResults.Ok(new Page<AgentAnswer>(answers, found.Count > take ? skip + take : null));
    }

    [Refuses("agent-not-found")]
    private static async Task<Results<Accepted, ProblemHttpResult>> RotateAsync(Guid id, Enrolment enrolment, CancellationToken cancellationToken) =>
        await enrolment.RequestRotationAsync(id, cancellationToken)
            ? TypedResults.Accepted("/api/v1/agents")
            : Problems.NotFound("agent-not-found", $"There is no agent {id} with a key of its own, or it is revoked; GET /api/v1/agents lists them.");

    [Refuses("agent-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, Enrolment enrolment, CancellationToken cancellationToken) =>
        await enrolment.RevokeAgentAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("agent-not-found", $"There is no agent {id}; GET /api/v1/agents lists them.");

    private static async Task<Ok<Page<ListedToken>>> ListTokensAsync(Enrolment enrolment, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part(await enrolment.ListTokensAsync(cancellationToken), after, limit));

    [Idempotent, Refuses("invalid-token-request")]
    private static async Task<Results<Created<TokenAnswer>, ProblemHttpResult>> CreateTokenAsync(
        TokenRequest request, HttpRequest http, Enrolment enrolment, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!IsText(request.Note) || request.Minutes is < 1 or > MaxMinutes || request.Uses is < 1 or > MaxUses)
        {
            return Problems.Invalid("invalid-token-request", $"expected note of 1 to {MaxNoteLength} characters, minutes from 1 to {MaxMinutes} and uses from 1 to {MaxUses}, got note of {request.Note?.Length ?? 0}, minutes {request.Minutes} and uses {request.Uses}.");
        }

        var lifetime = TimeSpan.FromMinutes(request.Minutes);
        var token = await enrolment.CreateTokenAsync(request.Note, lifetime, cancellationToken, request.Uses);
        var answer = new TokenAnswer(token, clock.GetUtcNow() + lifetime, EnrolCommand($"{http.Scheme}://{http.Host}", token));
        return TypedResults.Created("/api/v1/agents/tokens", answer);
    }

    private static async Task<Ok<Page<ListedIngestKey>>> ListKeysAsync(Enrolment enrolment, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part(await enrolment.ListIngestKeysAsync(cancellationToken), after, limit));

    [Idempotent, Refuses("invalid-ingest-key-request")]
    private static async Task<Results<Created<IngestKeyAnswer>, ProblemHttpResult>> CreateKeyAsync(IngestKeyRequest request, Enrolment enrolment, CancellationToken cancellationToken)
    {
        if (!IsText(request.Name))
        {
            return Problems.Invalid("invalid-ingest-key-request", $"name: expected 1 to {MaxNoteLength} characters, got {request.Name?.Length ?? 0}.");
        }

        var key = await enrolment.CreateIngestKeyAsync(request.Name, cancellationToken);
        return TypedResults.Created("/api/v1/ingest-keys", new IngestKeyAnswer(key.KeyId, key.BearerToken));
    }

    [Refuses("ingest-key-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeKeyAsync(Guid id, Enrolment enrolment, CancellationToken cancellationToken) =>
        await enrolment.RevokeIngestKeyAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("ingest-key-not-found", $"There is no ingest key {id}; GET /api/v1/ingest-keys lists them.");

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxNoteLength;
}
