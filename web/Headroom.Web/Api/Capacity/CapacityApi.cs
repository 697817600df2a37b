using System.ComponentModel;
using Headroom.Oversubscription.Packing;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;
using Headroom.Web.Access;
using Headroom.Web.Api.Versions;
using Headroom.Web.Features.Capacity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Capacity;

/// <summary>How much more may be promised on which host, with reasons, ledger, snapshots and what-if.</summary>
internal static class CapacityApi
{
    public static void MapCapacityApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Capacity");
        api.MapGet("/recommendations", ListAsync).WithName("ListRecommendations").WithSummary("The newest recommendation of every host, and the pool of all.");
        api.MapGet("/recommendations/{id:guid}", GetAsync).WithName("GetRecommendation").WithSummary("One recommendation with its reasons and, later, its outcome.");
        api.MapGet("/recommendations/{id:guid}/snapshot", SnapshotAsync).WithName("GetRecommendationSnapshot").WithSummary("ZIP file of its inputs; 'headroom replay FILE' makes it again.");
        api.MapGet("/hosts/{id:int}/recommendations", LedgerAsync).WithName("ListHostRecommendations").WithSummary("The ledger of one host: what was advised and what happened, the newest first.");
        api.MapPost("/recommendations/what-if", WhatIfAsync).AsQuestion().WithName("AskWhatIf").WithSummary("Where new machines would go, or the workloads of a host that is emptied.");
    }

    [Versioned]
    private static async Task<Ok<RecommendationsAnswer>> ListAsync(
        CapacityLedger ledger, TimeProvider clock, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var now = clock.GetUtcNow();
        var hosts = (await ledger.LatestAsync(cancellationToken)).Select(entry => RecommendationAnswer.Of(entry, now)).ToArray();
        var part = options.Value.Part(hosts, after, limit);
        return TypedResults.Ok(new RecommendationsAnswer(PoolAdvice.Of([.. hosts.Where(host => host.State == "fresh").Select(host => host.Recommendation)]), part.Items, part.Next));
    }

    [Versioned, Refuses("recommendation-not-found")]
    private static async Task<Results<Ok<RecommendationAnswer>, ProblemHttpResult>> GetAsync(Guid id, CapacityLedger ledger, TimeProvider clock, CancellationToken cancellationToken) =>
        await ledger.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(RecommendationAnswer.Of(found, clock.GetUtcNow())) : None(id);

    [Versioned, Refuses("recommendation-not-found")]
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SnapshotAsync(Guid id, CapacityLedger ledger, CancellationToken cancellationToken) =>
        await ledger.SnapshotAsync(id, cancellationToken) is { } zip ? TypedResults.File(zip, "application/zip", $"recommendation-{id}.zip") : None(id);

    [Versioned]
    private static async Task<Ok<IReadOnlyList<RecommendationAnswer>>> LedgerAsync(
        int id,
        CapacityLedger ledger,
        TimeProvider clock,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only what was advised before this time; the madeAt of the last one of the page before.")] DateTimeOffset? before = null,
        int? limit = null)
    {
        var now = clock.GetUtcNow();
        var entries = await ledger.OfHostAsync(id, before?.ToUniversalTime(), options.Value.Take(limit), cancellationToken);
        IReadOnlyList<RecommendationAnswer> answers = [.. entries.Select(entry => RecommendationAnswer.Of(entry, now))];
        return TypedResults.Ok(answers);
    }

    [Refuses("what-if")]
    private static async Task<Results<Ok<WhatIfAnswer>, ProblemHttpResult>> WhatIfAsync(WhatIfQuestion question, CapacityReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await reader.AskAsync(question, cancellationToken));
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("what-if", wrong.Message);
        }
    }

    private static ProblemHttpResult None(Guid id) => Problems.NotFound("recommendation-not-found", $"There is no recommendation {id}; GET /api/v1/recommendations lists the newest ones.");
}
