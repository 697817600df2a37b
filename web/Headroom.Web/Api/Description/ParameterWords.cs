namespace Headroom.Web.Api.Description;

/// <summary>What parameters mean that many operations share; one that stands here needs no description of its own.</summary>
internal static class ParameterWords
{
    private static readonly Dictionary<string, string> ByName = new()
    {
        ["limit"] = "How many items at most.",
        ["after"] = "Where the part begins: next of the part before; left out for the first.",
        ["from"] = "Start of the range, Unix milliseconds, inclusive.",
        ["to"] = "End of the range, Unix milliseconds, exclusive.",
        ["model"] = "Name of the model, from GET /api/v1/models.",
        ["number"] = "Number of the version, from GET /api/v1/models/{model}/versions.",
        ["job"] = "Name of the scheduled job, from GET /api/v1/schedules.",
    };

    private static readonly (string Path, string Name, string Words)[] ByPath =
    [
        ("api/v1/hosts/{id", "id", "Id of the host, from GET /api/v1/hosts."),
        ("api/v1/agents/{id", "id", "Id of the agent, from GET /api/v1/agents."),
        ("api/v1/ingest-keys/{id", "id", "Id of the key, from GET /api/v1/ingest-keys."),
        ("api/v1/people/{id", "id", "Id of the person, from GET /api/v1/people."),
        ("api/v1/invitations/{id", "id", "Id of the invitation, from GET /api/v1/invitations."),
        ("api/v1/account/api-keys/{id", "id", "Id of the key, from GET /api/v1/account/api-keys."),
        ("api/v1/api-keys/{id", "id", "Id of the key, from GET /api/v1/api-keys."),
        ("api/v1/alerts/{id", "id", "Id of the alert, from GET /api/v1/alerts."),
        ("api/v1/alert-rules/{id", "id", "Id of the rule, from GET /api/v1/alert-rules."),
        ("api/v1/alert-silences/{id", "id", "Id of the silence, from GET /api/v1/alert-silences."),
        ("api/v1/alert-channels/{id", "id", "Id of the channel, from GET /api/v1/alert-channels."),
        ("api/v1/alert-deliveries/{id", "id", "Id of the message, from GET /api/v1/alert-deliveries."),
        ("api/v1/notes/{id", "id", "Id of a person's note, from GET /api/v1/notes."),
        ("api/v1/views/{name", "name", "Name of the view."),
        ("api/v1/jobs/{id", "id", "Id of the job, as the operation answered that started it, or from GET /api/v1/jobs."),
        ("api/v1/recommendations/{id", "id", "Id of the recommendation, from GET /api/v1/recommendations."),
        ("api/v1/workloads/{id", "id", "Id of the workload, from GET /api/v1/hosts/{id}/entities?kind=Workload."),
        ("api/v1/fpga/boards/{name", "name", "Name of the board, lower case."),
        ("api/v1/fpga/examples/{name", "name", "Name of the network, from GET /api/v1/fpga/examples."),
    ];

    /// <summary>Words for a parameter of an address such as <c>api/v1/hosts/{id}/gaps</c>; null when none are known.</summary>
    public static string? Find(string? path, string? name) =>
        ByPath.FirstOrDefault(row => row.Name == name && path?.StartsWith(row.Path, StringComparison.Ordinal) is true).Words ?? ByName.GetValueOrDefault(name ?? "");
}
