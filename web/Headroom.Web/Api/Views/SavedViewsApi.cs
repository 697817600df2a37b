using System.Security.Claims;
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
internal sealed record SavedViewAnswer(string Name, string Address, string By, DateTimeOffset SavedAt);

/// <summary>Pages with their filters and ranges of time, kept under a name.</summary>
internal static class SavedViewsApi
{
    public static void MapSavedViewsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/views").WithTags("Views");
        api.MapGet("", ListAsync).WithName("ListViews").WithSummary("Every saved view, by name.");
        api.MapPut("/{name}", SaveAsync).WithName("SaveView").WithSummary("Keeps a page under a name, or replaces the one of that name.");
        api.MapDelete("/{name}", RemoveAsync).WithName("RemoveView").WithSummary("Forgets a saved view.");
    }

    [Versioned]
    private static async Task<Ok<Page<SavedViewAnswer>>> ListAsync(SavedViews views, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var all = await views.ListAsync(options.Value.MaxSavedViews, cancellationToken);
        return TypedResults.Ok(options.Value.Part([.. all.Select(view => new SavedViewAnswer(view.Name, view.Address, view.By, view.SavedAt))], after, limit));
    }

    [Refuses("invalid-view", "too-many-views")]
    private static async Task<Results<Ok<SavedViewAnswer>, ProblemHttpResult>> SaveAsync(
        string name, SavedViewRequest request, SavedViews views, IOptions<ApiOptions> options, ClaimsPrincipal person, CancellationToken cancellationToken)
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

        return await views.SaveAsync(name.Trim(), address, person.Who(), limits.MaxSavedViews, cancellationToken) is { } view
            ? TypedResults.Ok(new SavedViewAnswer(view.Name, view.Address, view.By, view.SavedAt))
            : Problems.Conflict("too-many-views", $"The limit of {limits.MaxSavedViews} saved views (Api:MaxSavedViews) is reached; forget one first.");
    }

    [Refuses("view-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, SavedViews views, CancellationToken cancellationToken) =>
        await views.RemoveAsync(name, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("view-not-found", $"No view is saved as '{name}'.");
}
