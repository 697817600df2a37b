using System.Text.Json;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Jobs;

/// <summary>One job: progress, times, log, what was asked and where the answer is.</summary>
public sealed partial class JobPage
{
    private const int LogLines = 200;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The job.</summary>
    [Parameter]
    public Guid WorkId { get; set; }

    [Inject]
    private WorkStore Store { get; set; } = null!;

    [Inject]
    private ModelReader Models { get; set; } = null!;

    [Inject]
    private ModelAlarms Alarms { get; set; } = null!;

    private async Task<JobDetail> ReadAsync(CancellationToken cancellationToken)
    {
        var work = await Store.FindAsync(WorkId, cancellationToken);
        var arguments = work is null ? null : await Store.ArgumentsAsync(WorkId, cancellationToken);
        var (versions, decisions) = await Models.OfWorkAsync(WorkId, cancellationToken);
        return new JobDetail(
            work,
            work is null ? [] : await Store.LogTailAsync(WorkId, LogLines, cancellationToken),
            arguments is null ? "" : JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(arguments), Indented),
            versions,
            decisions,
            await Alarms.OfWorkAsync(WorkId, cancellationToken));
    }

    /// <summary>What the page shows; no work when it does not exist.</summary>
    private sealed record JobDetail(
        WorkSummary? Work, IReadOnlyList<WorkLogRow> Log, string Arguments, IReadOnlyList<ModelVersionRow> Versions, IReadOnlyList<ModelDecisionRow> Decisions,
        IReadOnlyList<ModelAlarmRow> Alarms)
    {
        public int? NumberOf(int? versionId) => Versions.FirstOrDefault(version => version.VersionId == versionId)?.Number;
    }
}
