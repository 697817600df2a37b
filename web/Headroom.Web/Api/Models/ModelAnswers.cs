using System.Text.Json;
using Headroom.Storage.Model;

namespace Headroom.Web.Api.Models;

/// <summary>A model and who answers for it.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Champion">The version that answers; null when there is none.</param>
/// <param name="Versions">How many versions there are.</param>
/// <param name="ServedHere">Id of the version that this process serves; null for one that is not in the registry.</param>
/// <param name="Problem">Why this process does not serve the champion; null when it does.</param>
internal sealed record ModelAnswer(string Model, ModelVersionAnswer? Champion, int Versions, int? ServedHere, string? Problem);

/// <summary>A version; see the page Models for what the parts mean.</summary>
internal sealed record ModelVersionAnswer(
    int Id, int Number, string Stage, string CardId, string FileHash, long FileBytes, IReadOnlyList<string> Architecture, IReadOnlyList<string> Schema,
    string DataName, string DataChecksum, int DataRows, int? ParentId, DateTimeOffset CreatedAt, string CreatedBy, Guid? JobId)
{
    public static ModelVersionAnswer Of(ModelVersionRow row) => new(
        row.VersionId, row.Number, row.Stage.ToString(), row.CardId, row.FileHash, row.FileBytes, row.Architecture, row.Schema,
        row.DataName, row.DataChecksum, row.DataRows, row.ParentId, row.CreatedAt, row.CreatedBy, row.WorkId);
}

/// <summary>A decision about a version, with the numbers of the rule.</summary>
internal sealed record ModelDecisionAnswer(
    Guid Id, int VersionId, int? ChampionId, string Verdict, string By, string Reason, JsonElement? Numbers, Guid? JobId, DateTimeOffset At)
{
    public static ModelDecisionAnswer Of(ModelDecisionRow row) => new(
        row.DecisionId, row.VersionId, row.ChampionId, row.Verdict.ToString(), row.By, row.Reason,
        row.Numbers is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Numbers), row.WorkId, row.At);
}

/// <summary>Something that is not as in training.</summary>
/// <param name="Metric">The feature, or <c>residual</c> or <c>coverage</c>.</param>
/// <param name="Since">First window that was unlike training.</param>
/// <param name="MaeEffect">Change of the mean absolute error, in the unit of the label: estimated for a feature, measured for the residual; null where it cannot be told.</param>
/// <param name="Job">The job that raised it.</param>
internal sealed record ModelAlarmAnswer(
    Guid Id, int VersionId, string Metric, string Test, DateTimeOffset Since, DateTimeOffset RaisedAt, double Statistic, double Threshold, double? MaeEffect, Guid? Job)
{
    public static ModelAlarmAnswer Of(ModelAlarmRow row) => new(
        row.AlarmId, row.VersionId, row.Metric, row.Test, row.Since, row.RaisedAt, row.Statistic, row.Threshold, row.MaeEffect, row.WorkId);
}

/// <summary>A number that was measured about a version.</summary>
internal sealed record ModelMetricAnswer(int VersionId, string Source, string Slice, string Name, double Value, string Unit, int? Rows, DateTimeOffset At)
{
    public static ModelMetricAnswer Of(ModelMetricRow row) => new(row.VersionId, row.Source, row.Slice, row.Name, row.Value, row.Unit, row.Rows, row.At);
}

/// <summary>Why a person decides.</summary>
/// <param name="Reason">In a sentence; it is kept with the decision.</param>
internal sealed record ReasonBody(string Reason)
{
    public const int LongestReason = 1_000;

    public string? Problem() => Reason?.Trim().Length switch
    {
        null or 0 => "reason: expected a sentence that says why, got nothing.",
        > LongestReason => $"reason: expected at most {LongestReason} characters, got {Reason.Length}.",
        _ => null,
    };
}
