using Headroom.Fpga.Boards;
using Headroom.Jobs.Fpga;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Fpga;

/// <summary>A board a user adds.</summary>
/// <param name="Source">Where the numbers come from.</param>
internal sealed record FpgaBoardRequest(string? Part, double? Lut, double? FlipFlop, double? Dsp, double? BlockRam18, double? UltraRam, string? Source);

/// <summary>The boards: known ones, and those that users add.</summary>
internal static class FpgaBoardsApi
{
    private const int LongestName = 64;
    private const int LongestText = 400;
    private const double LargestCapacity = 1e9;

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
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
        {
            return Problems.Invalid("invalid-board", $"name: expected up to {LongestName} lower-case letters, digits, - and _, got '{name}'.");
        }

        if (request.Part is not { Length: > 0 and <= LongestText } part || request.Source is not { Length: > 0 and <= LongestText } source)
        {
            return Problems.Invalid("invalid-board", $"part, source: expected texts of up to {LongestText} characters; the source says where the numbers come from.");
        }

        var numbers = new (string Name, double? Value)[]
        {
            ("lut", request.Lut), ("flipFlop", request.FlipFlop), ("dsp", request.Dsp), ("blockRam18", request.BlockRam18), ("ultraRam", request.UltraRam ?? 0),
        };
        if (numbers.FirstOrDefault(number => number.Value is not (>= 0 and <= LargestCapacity)) is { Name: { } wrong } bad)
        {
            return Problems.Invalid("invalid-board", $"{wrong}: expected a number from 0 to {LargestCapacity:0}, got {bad.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}.");
        }

        var board = new Board(name, part, new Headroom.Fpga.Boards.Capacity(request.Lut!.Value, request.FlipFlop!.Value, request.Dsp!.Value, request.BlockRam18!.Value, request.UltraRam ?? 0), source);
        return await store.SaveAsync(board, cancellationToken)
            ? TypedResults.Ok(FpgaBoardAnswer.Of(board, isOwn: true))
            : Problems.Conflict("too-many-boards", "The limit of own boards (Headroom:Fpga:OwnBoards) is reached; delete one first.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string name, BoardStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(name, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("board-not-found", $"No user added a board '{name}'; known boards cannot be removed.");
}
