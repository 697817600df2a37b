using Headroom.Jobs.Fpga;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Fpga;

/// <summary>A board a user adds.</summary>
/// <param name="Source">Where the numbers come from.</param>
internal sealed record FpgaBoardRequest(string? Part, double? Lut, double? FlipFlop, double? Dsp, double? BlockRam18, double? UltraRam, string? Source);

/// <summary>The boards: known ones, and those that users add.</summary>
internal static class FpgaBoardsApi
{
    public static void MapFpgaBoards(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fpga/boards", ListAsync).WithName("ListFpgaBoards").WithSummary("Boards with their capacities and the source of each.");
        api.MapPut("/fpga/boards/{name}", SaveAsync).WithName("SaveFpgaBoard").WithSummary("Adds a board of your own, or replaces it.");
        api.MapDelete("/fpga/boards/{name}", DeleteAsync).WithName("DeleteFpgaBoard").WithSummary("Removes a board of your own.");
    }

    private static async Task<Ok<IReadOnlyList<FpgaBoardAnswer>>> ListAsync(BoardStore store, CancellationToken cancellationToken)
    {
        var catalogue = await store.ReadAsync(cancellationToken);
        var own = await store.OwnNamesAsync(cancellationToken);
        IReadOnlyList<FpgaBoardAnswer> answers = [.. catalogue.Boards.DistinctBy(board => board.Name).Select(board => FpgaBoardAnswer.Of(board, own.Contains(board.Name)))];
        return TypedResults.Ok(answers);
    }

    private static async Task<Results<Ok<FpgaBoardAnswer>, ProblemHttpResult>> SaveAsync(string name, FpgaBoardRequest request, BoardStore store, CancellationToken cancellationToken)
    {
        var entry = new BoardEntry(name, request.Part, request.Lut, request.FlipFlop, request.Dsp, request.BlockRam18, request.UltraRam, request.Source);
        if (entry.Problem() is { } problem)
        {
            return Problems.Invalid("invalid-board", problem);
        }

        var board = entry.ToBoard();
        return await store.SaveAsync(board, cancellationToken)
            ? TypedResults.Ok(FpgaBoardAnswer.Of(board, isOwn: true))
            : Problems.Conflict("too-many-boards", "The limit of own boards (Headroom:Fpga:OwnBoards) is reached; delete one first.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string name, BoardStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(name, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("board-not-found", $"No user added a board '{name}'; known boards cannot be removed.");
}
