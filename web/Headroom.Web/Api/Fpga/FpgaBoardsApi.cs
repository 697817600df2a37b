using Headroom.Jobs.Fpga;
using Headroom.Storage.Requests;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Fpga;

/// <summary>A board a user adds.</summary>
/// <param name="Source">Where the numbers come from.</param>
internal sealed record FpgaBoardRequest(string? Part, double? Lut, double? FlipFlop, double? Dsp, double? BlockRam18, double? UltraRam, string? Source);

/// <summary>The boards: known ones, and those that users add.</summary>
internal static class FpgaBoardsApi
{
    private const string OneBoard = "/api/v1/fpga/boards/{name}";

    public static void MapFpgaBoards(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fpga/boards", ListAsync).WithName("ListFpgaBoards").WithSummary("Boards with their capacities and the source of each.");
        api.MapGet("/fpga/boards/{name}", GetAsync).WithName("GetFpgaBoard").WithSummary("One board with its capacities.");
        api.MapPut("/fpga/boards/{name}", SaveAsync).WithName("SaveFpgaBoard").WithSummary("Adds a board of your own, or replaces it.");
        api.MapDelete("/fpga/boards/{name}", DeleteAsync).WithName("DeleteFpgaBoard").WithSummary("Removes a board of your own.");
    }

    [Versioned]
    private static async Task<Ok<Page<FpgaBoardAnswer>>> ListAsync(BoardStore store, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part(await AllAsync(store, cancellationToken), after, limit));

    [Versioned, Refuses("board-not-found")]
    private static async Task<Results<Ok<FpgaBoardAnswer>, ProblemHttpResult>> GetAsync(string name, BoardStore store, CancellationToken cancellationToken) =>
        await FindAsync(name, store, cancellationToken) is { } board
            ? TypedResults.Ok(board)
            : Problems.NotFound("board-not-found", $"There is no board '{name}'; GET /api/v1/fpga/boards lists them.");

    [IfMatch(OneBoard), Refuses("invalid-board", "too-many-boards")]
    private static async Task<Results<Ok<FpgaBoardAnswer>, ProblemHttpResult>> SaveAsync(
        string name, FpgaBoardRequest request, HttpRequest http, BoardStore store, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        var entry = new BoardEntry(name, request.Part, request.Lut, request.FlipFlop, request.Dsp, request.BlockRam18, request.UltraRam, request.Source);
        if (entry.Problem() is { } problem)
        {
            return Problems.Invalid("invalid-board", problem);
        }

        var board = entry.ToBoard();
        await using var change = await changes.TakeAsync($"board {board.Name}", cancellationToken);
        if (!tags.Permits(http, await FindAsync(board.Name, store, cancellationToken)))
        {
            return Problems.Changed($"The board '{board.Name}' is not as If-Match says; read it again with GET /api/v1/fpga/boards/{board.Name}.");
        }

        return await store.SaveAsync(board, cancellationToken)
            ? TypedResults.Ok(FpgaBoardAnswer.Of(board, isOwn: true))
            : Problems.Conflict("too-many-boards", "The limit of own boards (Headroom:Fpga:OwnBoards) is reached; delete one first.");
    }

    [IfMatch(OneBoard), Refuses("board-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpRequest http, BoardStore store, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        await using var change = await changes.TakeAsync($"board {name}", cancellationToken);
        if (!tags.Permits(http, await FindAsync(name, store, cancellationToken)))
        {
            return Problems.Changed($"The board '{name}' is not as If-Match says; read it again with GET /api/v1/fpga/boards/{name}.");
        }

        return await store.DeleteAsync(name, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("board-not-found", $"No user added a board '{name}'; known boards cannot be removed.");
    }

    private static async Task<FpgaBoardAnswer?> FindAsync(string name, BoardStore store, CancellationToken cancellationToken) =>
        (await AllAsync(store, cancellationToken)).FirstOrDefault(board => board.Name == name);

    private static async Task<IReadOnlyList<FpgaBoardAnswer>> AllAsync(BoardStore store, CancellationToken cancellationToken)
    {
        var catalogue = await store.ReadAsync(cancellationToken);
        var own = await store.OwnNamesAsync(cancellationToken);
        return [.. catalogue.Boards.DistinctBy(board => board.Name).Select(board => FpgaBoardAnswer.Of(board, own.Contains(board.Name)))];
    }
}
