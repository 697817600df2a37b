using System.ComponentModel;
using System.Text.Json;
using Headroom.Jobs.Work;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Web.Api.Models;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Jobs;

/// <summary>Long work that was asked for: how far it is, its log, its answer, stopping it and running it again.</summary>
internal static class JobsApi
{
    private const int MaxLogLines = 1_000;

    public static void MapJobsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/jobs").WithTags("Jobs");
        api.MapGet("/", ListAsync).WithName("ListJobs").WithSummary("Jobs, the newest first.");
        api.MapGet("/kinds", Kinds).WithName("GetJobKinds").WithSummary("Kinds of jobs that workers know.");
        api.MapGet("/durations", DurationsAsync).WithName("GetJobDurations").WithSummary("How long the last jobs of a kind took that succeeded, oldest first.");
        api.MapGet("/{id:guid}", GetAsync).WithName("GetJob").WithSummary("One job: state, progress, who asked.");
        api.MapGet("/{id:guid}/arguments", ArgumentsAsync).WithName("GetJobArguments").WithSummary("What the job was asked to do.");
        api.MapGet("/{id:guid}/result", ResultAsync).WithName("GetJobResult").WithSummary("The answer of a job that succeeded.");
        api.MapGet("/{id:guid}/models", ModelsAsync).WithName("GetJobModels").WithSummary("Versions of models that the job made or decided about, and its decisions.");
        api.MapGet("/{id:guid}/log", LogAsync).WithName("GetJobLog").WithSummary("The last lines the job wrote.");
        api.MapPost("/{id:guid}/cancel", CancelAsync).WithName("CancelJob").WithSummary("Asks a job to stop.");
        api.MapPost("/{id:guid}/retry", RetryAsync).WithName("RetryJob").WithSummary("Runs a job again that failed or was cancelled.");
    }

    /// <summary>Where a job that was just asked for can be followed: 202 with its address.</summary>
    public static Accepted<JobAccepted> Accepted(Guid id) => TypedResults.Accepted($"/api/v1/jobs/{id}", new JobAccepted(id, $"/api/v1/jobs/{id}", $"/api/v1/jobs/{id}/result"));

    /// <summary>Jobs of one kind, the newest first.</summary>
    public static async Task<Ok<IReadOnlyList<JobAnswer>>> OfKindAsync(string kind, WorkStore store, ApiOptions options, DateTimeOffset? before, int? limit, CancellationToken cancellationToken)
    {
        var rows = await store.ListAsync(new WorkQuestion(kind, null, before?.ToUniversalTime()), options.Take(limit), cancellationToken);
        IReadOnlyList<JobAnswer> answers = [.. rows.Select(JobAnswer.Of)];
        return TypedResults.Ok(answers);
    }

    [Refuses("unknown-job-state")]
    private static async Task<Results<Ok<IReadOnlyList<JobAnswer>>, ProblemHttpResult>> ListAsync(
        WorkStore store,
        IEnumerable<IWorkKind> kinds,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only this kind of job, from GET /api/v1/jobs/kinds.")] string? kind = null,
        [Description("Only this state: Queued, Running, Succeeded, Failed or Cancelled.")] string? state = null,
        [Description("Only jobs asked for before this time; the createdAt of the last job of the page before.")] DateTimeOffset? before = null,
        int? limit = null,
        [Description("Only jobs about this model.")] string? model = null,
        [Description("Only jobs with this text in the kind, the asker, the message or the error.")] string? search = null)
    {
        if (!ChoiceOf<WorkState>.TryRead("state", state, out var wanted, out var problem))
        {
            return Problems.Invalid("unknown-job-state", problem);
        }

        var rows = await store.ListAsync(new WorkQuestion(kind, wanted, before?.ToUniversalTime(), model, search) { ModelKinds = [.. kinds.Where(known => known.Model == model).Select(known => known.Name)] }, options.Value.Take(limit), cancellationToken);
        IReadOnlyList<JobAnswer> answers = [.. rows.Select(JobAnswer.Of)];
        return TypedResults.Ok(answers);
    }

    [Versioned]
    private static Ok<IReadOnlyList<string>> Kinds(IEnumerable<IWorkKind> kinds) => TypedResults.Ok(Names(kinds));

    [Refuses("unknown-job-kind")]
    private static async Task<Results<Ok<IReadOnlyList<JobDurationAnswer>>, ProblemHttpResult>> DurationsAsync(
        [Description("Kind of job, from GET /api/v1/jobs/kinds.")] string kind,
        WorkStore store,
        IEnumerable<IWorkKind> kinds,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        int? limit = null)
    {
        var names = Names(kinds);
        if (!names.Contains(kind))
        {
            return Problems.Invalid("unknown-job-kind", $"kind: expected one of {string.Join(", ", names)}, got '{kind}'.");
        }

        var durations = await store.DurationsAsync(kind, options.Value.Take(limit), cancellationToken);
        IReadOnlyList<JobDurationAnswer> answers = [.. durations.Select(JobDurationAnswer.Of)];
        return TypedResults.Ok(answers);
    }

    private static IReadOnlyList<string> Names(IEnumerable<IWorkKind> kinds) => [.. kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal)];

    [Refuses("job-not-found")]
    private static async Task<Results<Ok<JobAnswer>, ProblemHttpResult>> GetAsync(Guid id, WorkStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(JobAnswer.Of(found)) : NoJob(id);

    [Versioned, Refuses("job-not-found")]
    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> ArgumentsAsync(Guid id, WorkStore store, CancellationToken cancellationToken) =>
        await store.ArgumentsAsync(id, cancellationToken) is { } arguments ? TypedResults.Ok(JsonSerializer.Deserialize<JsonElement>(arguments)) : NoJob(id);

    [Versioned, Refuses("job-not-found", "job-without-result")]
    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> ResultAsync(Guid id, WorkStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } job)
        {
            return NoJob(id);
        }

        return job.State == WorkState.Succeeded && await store.ResultAsync(id, cancellationToken) is { } result
            ? TypedResults.Ok(JsonSerializer.Deserialize<JsonElement>(result))
            : Problems.Conflict("job-without-result", $"The job is {job.State.ToString().ToLowerInvariant()}{(job.Error is null ? "" : $": {job.Error}")}; only a job that succeeded has a result.");
    }

    [Refuses("job-not-found")]
    private static async Task<Results<Ok<JobModelsAnswer>, ProblemHttpResult>> ModelsAsync(Guid id, WorkStore store, ModelReader models, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is null)
        {
            return NoJob(id);
        }

        var (versions, decisions) = await models.OfWorkAsync(id, cancellationToken);
        return TypedResults.Ok(new JobModelsAnswer([.. versions.Select(ModelVersionAnswer.Of)], [.. decisions.Select(ModelDecisionAnswer.Of)]));
    }

    [Refuses("job-not-found")]
    private static async Task<Results<Ok<IReadOnlyList<JobLogLine>>, ProblemHttpResult>> LogAsync(
        Guid id, WorkStore store, CancellationToken cancellationToken, [Description("How many of the last lines, 1 to 1,000.")] int lines = 200)
    {
        if (await store.FindAsync(id, cancellationToken) is null)
        {
            return NoJob(id);
        }

        var tail = await store.LogTailAsync(id, Math.Clamp(lines, 1, MaxLogLines), cancellationToken);
        IReadOnlyList<JobLogLine> answers = [.. tail.Select(line => new JobLogLine(line.Line, line.At, line.Text))];
        return TypedResults.Ok(answers);
    }

    [Refuses("job-not-found", "job-ended")]
    private static async Task<Results<Ok<JobAnswer>, ProblemHttpResult>> CancelAsync(Guid id, WorkStore store, CancellationToken cancellationToken)
    {
        var asked = await store.CancelAsync(id, cancellationToken);
        return (await store.FindAsync(id, cancellationToken), asked) switch
        {
            (null, _) => NoJob(id),
            ({ } job, true) => TypedResults.Ok(JobAnswer.Of(job)),
            ({ } job, false) => Problems.Conflict("job-ended", $"The job has already ended: {job.State.ToString().ToLowerInvariant()}."),
        };
    }

    [Refuses("job-not-found", "job-not-retryable")]
    private static async Task<Results<Ok<JobAnswer>, ProblemHttpResult>> RetryAsync(Guid id, WorkStore store, WorkQueue queue, CancellationToken cancellationToken)
    {
        var queued = await queue.RetryAsync(id, cancellationToken);
        return (await store.FindAsync(id, cancellationToken), queued) switch
        {
            (null, _) => NoJob(id),
            ({ } job, true) => TypedResults.Ok(JobAnswer.Of(job)),
            ({ } job, false) => Problems.Conflict("job-not-retryable", $"Only a job that failed or was cancelled can run again; this one is {job.State.ToString().ToLowerInvariant()}."),
        };
    }

    private static ProblemHttpResult NoJob(Guid id) => Problems.NotFound("job-not-found", $"There is no job {id}; GET /api/v1/jobs lists them.");
}
