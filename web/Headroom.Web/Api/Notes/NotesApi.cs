using System.ComponentModel;
using System.Security.Claims;
using Headroom.Storage.Notes;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Notes;

/// <summary>A note that somebody writes.</summary>
/// <param name="Host">The host it is about; null when it is about all.</param>
/// <param name="At">When it happened or began, Unix milliseconds.</param>
/// <param name="Until">The end of what lasted, Unix milliseconds; null for an instant.</param>
/// <param name="Text">What happened.</param>
internal sealed record NoteRequest(int? Host, long? At, long? Until, string? Text);

/// <summary>A note on the charts.</summary>
/// <param name="Id">Of a person's note; null for what the jobs did.</param>
/// <param name="Host">The host it is about; null when it is about all.</param>
/// <param name="At">When it happened or began, Unix milliseconds.</param>
/// <param name="Until">The end of what lasted, Unix milliseconds; null for an instant and for what lasts still.</param>
/// <param name="Text">What happened.</param>
/// <param name="By">Who wrote or did it.</param>
/// <param name="Page">Where to read more.</param>
internal sealed record NoteAnswer(Guid? Id, int? Host, long At, long? Until, string Text, string By, string? Page)
{
    public static NoteAnswer Of(Note note) =>
        new(note.Id, note.HostId, note.At.ToUnixTimeMilliseconds(), note.Until?.ToUnixTimeMilliseconds(), note.Text, note.By, note.Page);
}

/// <summary>What people and jobs wrote onto the charts.</summary>
internal static class NotesApi
{
    public static void MapNotesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/notes").WithTags("Notes");
        api.MapGet("", ListAsync).WithName("ListNotes").WithSummary("Notes that touch a range of time, newest first.");
        api.MapPost("", WriteAsync).WithName("WriteNote").WithSummary("Writes a note onto a time.");
        api.MapDelete("/{id:guid}", RemoveAsync).WithName("RemoveNote").WithSummary("Takes a person's note away.");
    }

    [Refuses("invalid-range")]
    private static async Task<Results<Ok<Page<NoteAnswer>>, ProblemHttpResult>> ListAsync(
        long from, long to, NoteBook notes, IOptions<ApiOptions> options, CancellationToken cancellationToken,
        [Description("Those about this host and about all.")] int? host = null, int after = 0, int? limit = null)
    {
        if (!Instants.TryRange(from, to, out var start, out var end, out var problem))
        {
            return problem;
        }

        var found = await notes.ReadAsync(host, start, end, options.Value.MaxPageSize, cancellationToken);
        return TypedResults.Ok(options.Value.Part([.. found.Select(NoteAnswer.Of)], after, limit));
    }

    [Idempotent, Refuses("invalid-note", "host-not-found")]
    private static async Task<Results<Created<NoteAnswer>, ProblemHttpResult>> WriteAsync(
        NoteRequest request, NoteBook notes, IOptions<ApiOptions> options, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (NoteText.Problem(request.Text, options.Value) is { } wrong)
        {
            return Problems.Invalid("invalid-note", wrong);
        }

        if (request.At is not { } at || !Instants.TryRange(at, (request.Until ?? at) + 1, out var start, out var end, out _))
        {
            return Problems.Invalid("invalid-note", $"at, until: expected Unix milliseconds with at <= until, got at={request.At}, until={request.Until}.");
        }

        var until = request.Until is null ? (DateTimeOffset?)null : end.AddMilliseconds(-1);
        return await notes.WriteAsync(request.Host, start, until, request.Text!.Trim(), person.Who(), cancellationToken) is { } note
            ? TypedResults.Created($"/api/v1/notes/{note.Id}", NoteAnswer.Of(note))
            : Problems.NotFound("host-not-found", $"There is no host {request.Host}.");
    }

    [Refuses("note-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, NoteBook notes, CancellationToken cancellationToken) =>
        await notes.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("note-not-found", $"No person's note has the id {id}.");
}
