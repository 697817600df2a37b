namespace Headroom.Web.Api;

/// <summary>Every kind of problem, one row each; <c>docs/api.md</c> lists the same rows, and a test holds both to what the code answers.</summary>
internal static class ProblemTypes
{
    public const string BadRequest = "bad-request";
    public const string InternalError = "internal-error";

    /// <summary>What any address may answer, by its status code alone.</summary>
    private static readonly ProblemType[] General =
    [
        new(BadRequest, 400, "A parameter or the body cannot be read: of the wrong type, missing, or no JSON."),
        new("not-signed-in", 401, "The address needs a key or a signed-in person."),
        new("not-allowed", 403, "The person's role or the key's scope is too small; the detail names what is needed."),
        new("not-found", 404, "There is no such address."),
        new("method-not-allowed", 405, "The address exists, this method does not."),
        new("not-acceptable", 406, "None of the formats in Accept can be given."),
        new("body-too-large", 413, "The body is larger than the server reads."),
        new("unsupported-media-type", 415, "The body is of a type that this address does not read."),
        new("too-many-requests", 429, "Too many requests; Retry-After says when to come again."),
        new(InternalError, 500, "Something went wrong on the server; its log holds the details under traceId."),
        new("unavailable", 503, "The server cannot answer at the moment."),
    ];

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        .. General,

        new("changed-meanwhile", 412, "If-Match names another state than the present one: read again, then decide."),
        new("invalid-idempotency-key", 400, "The Idempotency-Key is too short, too long, or not of visible ASCII characters."),
        new("idempotency-key-reused", 422, "The Idempotency-Key was used before, for another request."),
        new("idempotent-request-running", 409, "The request with this Idempotency-Key still runs; ask again after Retry-After."),

        new("cross-origin", 403, "A page of another address sent a change with somebody's cookie."),
        new("invalid-api-key", 400, "Name, scope or days of an API key are out of range, or there are too many keys."),
        new("api-key-not-found", 404, "There is no such API key, or it is somebody else's."),
        new("invalid-invitation", 400, "Address or role of an invitation cannot be used."),
        new("invitation-not-found", 404, "There is no such invitation that nobody has used."),
        new("invalid-role", 400, "There is no such role."),
        new("person-not-found", 404, "There is no such person."),
        new("last-administrator", 409, "Nobody else could administer afterwards."),

        new("alert-not-found", 404, "There is no such alert."),
        new("alert-not-firing", 409, "Only an alert that fires can be ended."),
        new("unknown-alert-state", 400, "There is no such state of an alert."),
        new("alert-rule-not-found", 404, "There is no such rule."),
        new("invalid-alert-rule", 400, "A rule cannot be held against anything; the detail names the field."),
        new("invalid-preview", 400, "A rule is tried on more or less past than is possible."),
        new("alert-silence-not-found", 404, "There is no such silence that has not ended."),
        new("invalid-alert-silence", 400, "A silence has no end, no reason, or ends before it begins."),
        new("alert-channel-not-found", 404, "There is no such channel."),
        new("invalid-alert-channel", 400, "A channel cannot be used; the detail names the field."),
        new("alert-delivery-not-found", 404, "There is no such message."),
        new("alert-delivery-not-retryable", 409, "Only a message that was given up, to a channel that still exists, can be tried again."),
        new("unknown-alert-delivery-state", 400, "There is no such state of a message."),

        new("invalid-note", 400, "A note has no text, too long a text, or ends before it begins."),
        new("note-not-found", 404, "No person's note has this id."),
        new("invalid-view", 400, "Name or address of a saved view cannot be used."),
        new("too-many-views", 409, "The limit of saved views is reached."),
        new("view-not-found", 404, "No view is saved under this name."),

        new("agent-not-found", 404, "There is no such agent, or none with a key of its own."),
        new("ingest-key-not-found", 404, "There is no such ingest key."),
        new("invalid-ingest-key-request", 400, "The name of an ingest key is missing or too long."),
        new("invalid-token-request", 400, "Note, minutes or uses of an enrolment token are out of range."),

        new("host-not-found", 404, "There is no such host."),
        new("unknown-entity-kind", 400, "There is no such kind of entity."),
        new("invalid-range", 400, "A range of time is not 0 <= from < to in Unix milliseconds."),
        new("invalid-series", 400, "Series are not written as host:entity:metric, or too many at once."),
        new("invalid-query", 400, "Series are asked for that do not exist, or with too many points."),
        new("too-many-live-streams", 503, "As many live streams are open as the server allows."),

        new("job-not-found", 404, "There is no such job."),
        new("job-ended", 409, "The job has already ended, so it cannot be stopped."),
        new("job-not-retryable", 409, "Only a job that failed or was cancelled can run again."),
        new("job-without-result", 409, "The job did not succeed, or not yet: it has no result."),
        new("unknown-job-kind", 400, "There is no such kind of job."),
        new("unknown-job-state", 400, "There is no such state of a job."),
        new("schedule-not-found", 404, "There is no such scheduled job."),
        new("invalid-schedule", 400, "The cron of a schedule is not five fields."),

        new("model-not-found", 404, "There is no such model."),
        new("model-version-not-found", 404, "The model has no such version."),
        new("model-decision-refused", 409, "The registry refuses the decision, for example to go back where nothing was before."),
        new("invalid-reason", 400, "A decision about a model needs a reason."),
        new("drift-not-watched", 400, "Live windows of this model are not kept, so its drift cannot be checked."),
        new("unknown-run-set", 400, "There is no such set of runs to train with."),

        new("recommendation-not-found", 404, "There is no such recommendation."),
        new("what-if", 400, "The question of a what-if makes no sense; the detail names the field."),
        new("backtest", 400, "The question of a backtest makes no sense; the detail names the field."),

        new("invalid-power-simulation", 400, "The question of a row simulation makes no sense; the detail names the fields."),
        new("power-not-read-yet", 409, "The fleet's power has not been read since the server started."),

        new("memory-request-invalid", 400, "A plan, check or formula of memory cannot be worked out; the detail names the field."),
        new("host-memory-unknown", 404, "There is no such host, or it has sent nothing about its memory lately."),

        new("invalid-fpga-design", 400, "A network or its configuration cannot be read; the detail says where."),
        new("invalid-fpga-sweep", 400, "A sweep cannot be read; the detail says where."),
        new("sweep-too-large", 400, "A sweep combines to more designs than are predicted at once."),
        new("fpga-example-not-found", 404, "There is no such example network."),
        new("board-not-found", 404, "There is no such board, or nobody added it."),
        new("invalid-board", 400, "A board lacks a capacity, or one is out of range."),
        new("too-many-boards", 409, "The limit of own boards is reached."),

        new("workload-not-found", 404, "There is no such workload."),
        new("no-present-prediction", 409, "The workload is idle or its agent silent: there is no prediction to start from."),
        new("invalid-interference-window", 400, "A window of metrics cannot be read; the detail says where."),
        new("invalid-labels", 400, "A label cannot be read; the detail says which."),
        new("interference-model-unusable", 503, "The model file cannot be used."),
        new("inference-lane-full", 503, "Too many predictions wait; ask again later."),
        new("invalid-gpu-pair", 400, "A pair of workloads cannot be read; the detail names the field."),
        new("gpu-pairs-not-trained", 503, "There is no model of GPU pairs here yet; the detail says how to train one."),
        new("gpu-pairs-model-unusable", 503, "The model file of GPU pairs cannot be used."),
    ];

    private static readonly Dictionary<string, ProblemType> ByName = All.ToDictionary(type => type.Name);

    /// <exception cref="KeyNotFoundException">The type is not in the table: add a row, and one to <c>docs/api.md</c>.</exception>
    public static ProblemType Named(string name) => ByName[name];

    /// <summary>What is said of a status code where nothing closer is known.</summary>
    public static ProblemType OfStatus(int status) => General.FirstOrDefault(type => type.Status == status) ?? Named(status < 500 ? BadRequest : InternalError);
}
