using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.Requests;
using Headroom.Storage.Views;
using Headroom.Web.Access;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Views;

/// <summary>A page to be kept.</summary>
/// <param name="Address">Path and query of the page, for example <c>/hosts/1?range=1h</c>.</param>
internal sealed record SavedViewRequest(string? Address);

/// <summary>A page that was kept under a name.</summary>
internal sealed record SavedViewAnswer(string Name, string Address, string By, DateTimeOffset SavedAt)
{
    public static SavedViewAnswer Of(SavedViewRow view) => new(view.Name, view.Address, view.By, view.SavedAt);
}

/// <summary>Pages with their filters and ranges of time, kept under a name.</summary>
internal static class SavedViewsApi
{
    private const string OneView = "/api/v1/views/{name}";

    public static void MapSavedViewsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/views").WithTags("Views");
        api.MapGet("", ListAsync).WithName("ListViews").WithSummary("Every saved view, by name.");
        api.MapGet("/{name}", GetAsync).WithName("GetView").WithSummary("One saved view.");
        api.MapPut("/{name}", SaveAsync).WithName("SaveView").WithSummary("Keeps a page under a name, or replaces the one of that name.");
        api.MapDelete("/{name}", RemoveAsync).WithName("RemoveView").WithSummary("Forgets a saved view.");
    }

    [Versioned]
    private static async Task<Ok<Page<SavedViewAnswer>>> ListAsync(SavedViews views, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var all = await views.ListAsync(options.Value.MaxSavedViews, cancellationToken);
        return TypedResults.Ok(options.Value.Part([.. all.Select(SavedViewAnswer.Of)], after, limit));
    }

    [Versioned, Refuses("view-not-found")]
    private static async Task<Results<Ok<SavedViewAnswer>, ProblemHttpResult>> GetAsync(string name, SavedViews views, CancellationToken cancellationToken) =>
        await FindAsync(name, views, cancellationToken) is { } view ? TypedResults.Ok(view) : NoView(name);

    [IfMatch(OneView), Refuses("invalid-view", "too-many-views")]
    private static async Task<Results<Ok<SavedViewAnswer>, ProblemHttpResult>> SaveAsync(
        string name, SavedViewRequest request, HttpRequest http, SavedViews views, IOptions<ApiOptions> options, EntityTag tags, ChangeLock changes, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (name.Trim().Length is 0 || name.Length > limits.MaxViewNameLength)
        {
            return Problems.Invalid("invalid-view", $"name: expected 1 to {limits.MaxViewNameLength} characters, got {name.Length}.");
        }

        // Nothing but a page of this server: a saved view must never lead anywhere else.
        if (request.Address is not { } address || !Entrance.IsOfThisServer(address) || address.Length > limits.MaxViewAddressLength)
        {
            return Problems.Invalid("invalid-view", $"address: expected path and query of a page, such as /hosts/1?range=1h, of at most {limits.MaxViewAddressLength} characters, got '{request.Address}'.");
        }

        await using var change = await changes.TakeAsync($"view {name.Trim()}", cancellationToken);
        if (!tags.Permits(http, await FindAsync(name, views, cancellationToken)))
        {
            return Changed(name);
        }

        return await views.SaveAsync(name.Trim(), address, person.Who(), limits.MaxSavedViews, cancellationToken) is { } view
            ? TypedResults.Ok(SavedViewAnswer.Of(view))
            : Problems.Conflict("too-many-views", $"The limit of {limits.MaxSavedViews} saved views (Api:MaxSavedViews) is reached; forget one first.");
    }

    [IfMatch(OneView), Refuses("view-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, HttpRequest http, SavedViews views, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        await using var change = await changes.TakeAsync($"view {name.Trim()}", cancellationToken);
        if (await FindAsync(name, views, cancellationToken) is { } present && !tags.Permits(http, present))
        {
            return Changed(name);
        }

        return await views.RemoveAsync(name.Trim(), cancellationToken) ? TypedResults.NoContent() : NoView(name);
    }

    private static async Task<SavedViewAnswer?> FindAsync(string name, SavedViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(name.Trim(), cancellationToken) is { } view ? SavedViewAnswer.Of(view) : null;

    private static ProblemHttpResult Changed(string name) => Problems.Changed($"The view '{name}' is not as If-Match says; read it again with GET /api/v1/views/{Uri.EscapeDataString(name)}.");

    private static ProblemHttpResult NoView(string name) => Problems.NotFound("view-not-found", $"No view is saved as '{name}'.");
}
