using System.Text.Json;
using Headroom.Jobs.Drift;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;

namespace Headroom.Web.Features.Models;

/// <summary>Everything the registry knows of one model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">The newest first.</param>
/// <param name="Decisions">The newest first.</param>
/// <param name="Metrics">Oldest first.</param>
/// <param name="Alarms">Those that are not over, the newest first.</param>
/// <param name="Check">The newest drift check; null before the first.</param>
/// <param name="ServedHere">Version that this process serves.</param>
/// <param name="Problem">Why it does not serve the champion.</param>
public sealed record ModelView(
    string Name,
    IReadOnlyList<ModelVersionRow> Versions,
    IReadOnlyList<ModelDecisionRow> Decisions,
    IReadOnlyList<ModelMetricRow> Metrics,
    IReadOnlyList<ModelAlarmRow> Alarms,
    ModelCheck? Check,
    int? ServedHere,
    string? Problem)
{
    /// <summary>The version that answers.</summary>
    public ModelVersionRow? Champion => Versions.FirstOrDefault(version => version.Stage == ModelStage.Champion);

    /// <summary>The version that answers beside it, seen by nobody.</summary>
    public ModelVersionRow? Shadow => Versions.FirstOrDefault(version => version.Stage == ModelStage.Shadow);

    /// <summary>Whether live windows are kept, so that drift can be seen.</summary>
    public bool IsWatched => Name == InterferenceVersions.Name;

    /// <summary>Number of a version, for people.</summary>
    public string NumberOf(int? versionId) => Versions.FirstOrDefault(version => version.VersionId == versionId) is { } version ? $"version {version.Number}" : "–";

    /// <summary>The newest value of a metric over all rows of a source.</summary>
    public ModelMetricRow? Latest(int versionId, string source, string name) =>
        Metrics.LastOrDefault(metric => metric.VersionId == versionId && metric.Source == source && metric.Name == name && metric.Slice == ModelMetricRow.Everything);

    /// <summary>A version and those it goes back to, itself first.</summary>
    public IReadOnlyList<ModelVersionRow> LineageOf(ModelVersionRow version)
    {
        var line = new List<ModelVersionRow>();
        for (var next = version; next is not null && !line.Contains(next); next = Versions.FirstOrDefault(candidate => candidate.VersionId == next.ParentId))
        {
            line.Add(next);
        }

        return line;
    }
}

/// <summary>A drift check that ran.</summary>
/// <param name="WorkId">The job.</param>
/// <param name="At">When it ended.</param>
/// <param name="Answer">What it found.</param>
public sealed record ModelCheck(Guid WorkId, DateTimeOffset At, DriftCheckAnswer Answer);

/// <summary>Reads models for the page.</summary>
public sealed class ModelViews(ModelReader reader, ModelAlarms alarms, WorkStore work, IEnumerable<IServedModel> served)
{
    /// <summary>Names of the models there are.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        [.. (await reader.ListAsync(null, cancellationToken)).Select(version => version.Model).Union(served.Select(model => model.Name)).Distinct().Order(StringComparer.Ordinal)];

    public async Task<ModelView> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var here = served.FirstOrDefault(model => model.Name == name);
        return new ModelView(
            name,
            await reader.ListAsync(name, cancellationToken),
            await reader.DecisionsAsync(name, cancellationToken),
            await reader.MetricsAsync(name, cancellationToken),
            await alarms.OpenAsync(name, cancellationToken),
            await CheckAsync(name, cancellationToken),
            here?.VersionId,
            here?.Problem);
    }

    private async Task<ModelCheck?> CheckAsync(string name, CancellationToken cancellationToken) =>
        await work.LatestAsync(DriftCheckRequest.Kind, JsonSerializer.Serialize(new DriftCheckRequest(name), JsonSerializerOptions.Web), cancellationToken) is { } last
            ? new ModelCheck(last.WorkId, last.EndedAt, JsonSerializer.Deserialize<DriftCheckAnswer>(last.Result, JsonSerializerOptions.Web)!)
            : null;
}
