using System.Security.Claims;
using Headroom.Jobs.Drift;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Requests;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Jobs;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Models;

/// <summary>The registry of models: versions, decisions, metrics, and what people may decide.</summary>
internal static class ModelsApi
{
    private const string OneModel = "/api/v1/models/{model}";

    public static void MapModelsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/models").WithTags("Models");
        api.MapGet("/", ListAsync).WithName("ListModels").WithSummary("Every model and the version that answers.");
        api.MapGet("/{model}", GetAsync).WithName("GetModel").WithSummary("One model and the version that answers.");
        api.MapGet("/interference/run-sets", RunSets).WithName("GetRunSets").WithSummary("Sets of labelled runs that a challenger can be trained with.");
        api.MapGet("/{model}/versions", VersionsAsync).WithName("ListModelVersions").WithSummary("Versions of a model, the newest first.");
        api.MapGet("/{model}/decisions", DecisionsAsync).WithName("ListModelDecisions").WithSummary("Who decided what about a model, and why, the newest first.");
        api.MapGet("/{model}/metrics", MetricsAsync).WithName("ListModelMetrics").WithSummary("What was measured about the versions of a model, oldest first.");
        api.MapGet("/{model}/alarms", AlarmsAsync).WithName("ListModelAlarms").WithSummary("What of a model's input or errors is not as in training: which metric, since when, what it does to the error.");
        api.MapPost("/{model}/drift-check", DriftCheckAsync).WithName("CheckModelDrift").WithSummary("Holds live windows against training as a job, now.");
        api.MapGet("/{model}/versions/{number:int}/file", FileAsync).WithName("GetModelFile").WithSummary("The file of a version.");
        api.MapPost("/{model}/versions/{number:int}/promote", PromoteAsync).RequireAuthorization(Policies.Administrator).WithName("PromoteModel").WithSummary("Makes a version champion, whatever the rule says; kept with the reason.");
        api.MapPost("/{model}/versions/{number:int}/veto", VetoAsync).WithName("VetoModel").WithSummary("Rules a version out, whatever the rule says; kept with the reason.");
        api.MapPost("/{model}/rollback", RollBackAsync).WithName("RollBackModel").WithSummary("Goes back to the champion before; when the answer comes, it is served.");
        api.MapPost("/interference/retrain", RetrainAsync).WithName("RetrainInterference").WithSummary("Trains a challenger of the interference model as a job and lets the rule decide.");
    }

    [Versioned]
    private static async Task<Ok<Page<ModelAnswer>>> ListAsync(
        ModelReader reader, IEnumerable<IServedModel> served, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part(await AllAsync(reader, served, cancellationToken), after, limit));

    [Versioned, Refuses("model-not-found")]
    private static async Task<Results<Ok<ModelAnswer>, ProblemHttpResult>> GetAsync(string model, ModelReader reader, IEnumerable<IServedModel> served, CancellationToken cancellationToken) =>
        await FindAsync(model, reader, served, cancellationToken) is { } found ? TypedResults.Ok(found) : NoModel(model);

    private static async Task<ModelAnswer?> FindAsync(string model, ModelReader reader, IEnumerable<IServedModel> served, CancellationToken cancellationToken) =>
        (await AllAsync(reader, served, cancellationToken)).FirstOrDefault(known => known.Model == model);

    private static async Task<IReadOnlyList<ModelAnswer>> AllAsync(ModelReader reader, IEnumerable<IServedModel> served, CancellationToken cancellationToken)
    {
        var versions = (await reader.ListAsync(null, cancellationToken)).ToLookup(version => version.Model);
        return
        [
            .. versions.Select(group => group.Key).Union(served.Select(model => model.Name)).Order(StringComparer.Ordinal).Select(name =>
            {
                var here = served.FirstOrDefault(model => model.Name == name);
                var champion = versions[name].FirstOrDefault(version => version.Stage == ModelStage.Champion);
                return new ModelAnswer(name, champion is null ? null : ModelVersionAnswer.Of(champion), versions[name].Count(), here?.VersionId, here?.Problem);
            }),
        ];
    }

    [Versioned]
    private static async Task<Ok<Page<ModelVersionAnswer>>> VersionsAsync(
        string model, ModelReader reader, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await reader.ListAsync(model, cancellationToken)).Select(ModelVersionAnswer.Of)], after, limit));

    [Versioned]
    private static async Task<Ok<Page<ModelDecisionAnswer>>> DecisionsAsync(
        string model, ModelReader reader, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await reader.DecisionsAsync(model, cancellationToken)).Select(ModelDecisionAnswer.Of)], after, limit));

    [Versioned]
    private static async Task<Ok<Page<ModelMetricAnswer>>> MetricsAsync(
        string model, ModelReader reader, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await reader.MetricsAsync(model, cancellationToken)).Select(ModelMetricAnswer.Of)], after, limit));

    [Versioned]
    private static async Task<Ok<Page<ModelAlarmAnswer>>> AlarmsAsync(
        string model, ModelAlarms alarms, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await alarms.OpenAsync(model, cancellationToken)).Select(ModelAlarmAnswer.Of)], after, limit));

    [Versioned]
    private static Ok<IReadOnlyList<string>> RunSets(RunFolders folders) => TypedResults.Ok(folders.Ids());

    [Refuses("drift-not-watched")]
    private static async Task<Results<Accepted<JobAccepted>, ProblemHttpResult>> DriftCheckAsync(string model, ClaimsPrincipal person, WorkQueue queue, CancellationToken cancellationToken) =>
        model == InterferenceVersions.Name
            ? JobsApi.Accepted((await queue.EnqueueOnceAsync(DriftCheckRequest.Kind, new DriftCheckRequest(model), NameOf(person), cancellationToken)).WorkId)
            : Problems.Invalid("drift-not-watched", $"model: expected '{InterferenceVersions.Name}', whose live windows are kept; got '{model}'.");

    [Versioned, Refuses("model-version-not-found")]
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(string model, int number, ModelReader reader, CancellationToken cancellationToken)
    {
        var version = (await reader.ListAsync(model, cancellationToken)).FirstOrDefault(candidate => candidate.Number == number);
        return version is null
            ? Problems.NotFound("model-version-not-found", $"{model} has no version {number}; GET /api/v1/models/{model}/versions lists them.")
            : TypedResults.File(await reader.FileAsync(version, cancellationToken), "application/octet-stream", $"{version.CardId}.bin");
    }

    [IfMatch(OneModel), Refuses("invalid-reason", "model-decision-refused")]
    private static async Task<Results<Ok<ModelVersionAnswer>, ProblemHttpResult>> PromoteAsync(
        string model, int number, ReasonBody body, ClaimsPrincipal person, ModelDesk desk, ModelReader reader, [AsParameters] DecisionGate gate, CancellationToken cancellationToken) =>
        await DecideAsync(model, body, gate, async () =>
        {
            await desk.ForceAsync(model, number, NameOf(person), body.Reason.Trim(), cancellationToken);
            return (await reader.ChampionAsync(model, cancellationToken))!;
        }, cancellationToken);

    [IfMatch(OneModel), Refuses("invalid-reason", "model-decision-refused")]
    private static async Task<Results<Ok<ModelVersionAnswer>, ProblemHttpResult>> VetoAsync(
        string model, int number, ReasonBody body, ClaimsPrincipal person, ModelDesk desk, ModelReader reader, [AsParameters] DecisionGate gate, CancellationToken cancellationToken) =>
        await DecideAsync(model, body, gate, async () =>
        {
            await desk.VetoAsync(model, number, NameOf(person), body.Reason.Trim(), cancellationToken);
            return (await reader.ListAsync(model, cancellationToken)).Single(version => version.Number == number);
        }, cancellationToken);

    [IfMatch(OneModel), Refuses("invalid-reason", "model-decision-refused")]
    private static async Task<Results<Ok<ModelVersionAnswer>, ProblemHttpResult>> RollBackAsync(
        string model, ReasonBody body, ClaimsPrincipal person, ModelDesk desk, [AsParameters] DecisionGate gate, CancellationToken cancellationToken) =>
        await DecideAsync(model, body, gate, () => desk.RollBackAsync(model, NameOf(person), body.Reason.Trim(), cancellationToken), cancellationToken);

    [Idempotent, Refuses("unknown-run-set")]
    private static async Task<Results<Accepted<JobAccepted>, ProblemHttpResult>> RetrainAsync(
        RetrainRequest request, ClaimsPrincipal person, RunFolders folders, WorkQueue queue, CancellationToken cancellationToken) =>
        folders.Ids() is var ids && ids.Contains(request.Data)
            ? JobsApi.Accepted(await queue.EnqueueAsync(RetrainRequest.Kind, request, NameOf(person), cancellationToken))
            : Problems.Invalid("unknown-run-set", $"data: expected one of {(ids.Count == 0 ? "(there is none yet)" : string.Join(", ", ids))}; got '{request.Data}'.");

    private static async Task<Results<Ok<ModelVersionAnswer>, ProblemHttpResult>> DecideAsync(
        string model, ReasonBody body, DecisionGate gate, Func<Task<ModelVersionRow>> decide, CancellationToken cancellationToken)
    {
        if (body.Problem() is { } problem)
        {
            return Problems.Invalid("invalid-reason", problem);
        }

        await using var change = await gate.Changes.TakeAsync($"model {model}", cancellationToken);
        if (!gate.Tags.Permits(gate.Request, await FindAsync(model, gate.Reader, gate.Served, cancellationToken)))
        {
            return Problems.Changed($"The model '{model}' is not as If-Match says: another version answers by now, or there are more; read it again with GET /api/v1/models/{model}.");
        }

        try
        {
            return TypedResults.Ok(ModelVersionAnswer.Of(await decide()));
        }
        catch (PublicationRefusedException refused)
        {
            return Problems.Conflict("model-decision-refused", $"{refused.Message}.");
        }
    }

    private static ProblemHttpResult NoModel(string model) => Problems.NotFound("model-not-found", $"There is no model '{model}'; GET /api/v1/models lists them.");

    private static string NameOf(ClaimsPrincipal person) => person.Identity?.Name ?? "api";

    /// <summary>What a decision is held against before it is made.</summary>
    private readonly record struct DecisionGate(HttpRequest Request, ModelReader Reader, IEnumerable<IServedModel> Served, EntityTag Tags, ChangeLock Changes);
}
