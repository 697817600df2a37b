using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Features.Interference;
using Headroom.Web.Features.Trust;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Interference;

/// <summary>What a workload really did over a time.</summary>
/// <param name="Workload">Id of the workload.</param>
/// <param name="From">Start of the time.</param>
/// <param name="To">End of the time.</param>
/// <param name="Performance">Measured performance as a share of the performance alone, 1 undisturbed.</param>
/// <param name="Source">How it was measured, for example a benchmark's name.</param>
internal sealed record LabelRequest(int Workload, DateTimeOffset? From, DateTimeOffset? To, double? Performance, string? Source);

/// <summary>Labels that came.</summary>
internal sealed record LabelsRequest(IReadOnlyList<LabelRequest?>? Labels);

/// <summary>How many labels were stored.</summary>
internal sealed record LabelsAnswer(int Stored);

/// <summary>Late labels, and how the predictions did beside them.</summary>
internal static class InterferenceLabelsApi
{
    private const int MostLabels = 1_000;
    private const double HighestPerformance = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void MapInterferenceLabelsApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/interference/labels", AddAsync).WithName("AddInterferenceLabels").WithSummary("Tells what workloads really did, to be held against what was predicted.");
        api.MapGet("/interference/trust", TrustAsync).WithName("GetInterferenceTrust").WithSummary("Coverage, error and interval width of the predictions beside late labels.");
    }

    [Idempotent, Refuses("invalid-labels")]
    private static async Task<Results<Ok<LabelsAnswer>, ProblemHttpResult>> AddAsync(
        LabelsRequest request, InterferenceReader reader, InterferenceLabels store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.Labels is not { Count: >= 1 and <= MostLabels } labels)
        {
            return Problems.Invalid("invalid-labels", $"labels: expected 1 to {MostLabels} labels, got {request.Labels?.Count ?? 0}.");
        }

        var rows = new List<RunRow>();
        for (var index = 0; index < labels.Count; index++)
        {
            if (Wrong(labels[index], clock.GetUtcNow()) is { } wrong)
            {
                return Problems.Invalid("invalid-labels", $"labels[{index}].{wrong}");
            }

            var label = labels[index]!;
            if (await reader.FindAsync(label.Workload, cancellationToken) is not { } workload)
            {
                return Problems.Invalid("invalid-labels", $"labels[{index}].workload: expected the id of a workload (GET /api/v1/hosts/HOST/entities?kind=Workload), got {label.Workload}.");
            }

            rows.Add(new RunRow
            {
                HostId = workload.HostId,
                RunId = Guid.CreateVersion7(clock.GetUtcNow()),
                EntityId = label.Workload,
                Application = workload.Name,
                Neighbours = [],
                StartedAt = label.From!.Value.ToUniversalTime(),
                EndedAt = label.To!.Value.ToUniversalTime(),
                OutcomeName = InterferenceLabels.Outcome,
                OutcomeUnit = "1",
                OutcomeValue = label.Performance!.Value,
                Attributes = new Dictionary<string, string> { ["source"] = label.Source ?? "api" },
            });
        }

        await store.AddAsync(rows, cancellationToken);
        return TypedResults.Ok(new LabelsAnswer(rows.Count));
    }

    private static async Task<Ok<TrustView>> TrustAsync(TrustReader reader, CancellationToken cancellationToken) => TypedResults.Ok(await reader.ReadAsync(cancellationToken));

    private static string? Wrong(LabelRequest? label, DateTimeOffset now) => label switch
    {
        null => "workload: expected a label, got null.",
        { From: null } or { To: null } => "from, to: expected the start and the end of the labelled time (RFC 3339), got none.",
        { From: { } from, To: { } to } when to <= from || to - from > Longest || to > now.AddMinutes(1) =>
            $"from, to: expected a time that ends after its start, is no longer than {Longest.TotalHours:0} h and does not lie in the future, got {from:O} to {to:O}.",
        { Performance: not (>= 0 and <= HighestPerformance) } =>
            $"performance: expected a share of the performance alone, 0 to {HighestPerformance:0}, got {(label.Performance is { } value ? $"{value}" : "none")}.",
        { Source.Length: > 200 } => $"source: expected at most 200 characters, got {label.Source.Length}.",
        _ => null,
    };
}
