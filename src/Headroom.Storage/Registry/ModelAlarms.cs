using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Registry;

/// <summary>What about the input or the errors of models is not as it was in training.</summary>
public sealed class ModelAlarms(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Alarms of a model that are not over, the newest first.</summary>
    public async Task<IReadOnlyList<ModelAlarmRow>> OpenAsync(string model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelAlarms.AsNoTracking().Where(alarm => alarm.Model == model && alarm.EndedAt == null)
            .OrderByDescending(alarm => alarm.RaisedAt).ThenBy(alarm => alarm.Metric).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Alarms that a job raised, whether they are over or not.</summary>
    public async Task<IReadOnlyList<ModelAlarmRow>> OfWorkAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelAlarms.AsNoTracking().Where(alarm => alarm.WorkId == workId).OrderBy(alarm => alarm.Metric).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the open alarms of a model in line with a check of the version that answers: new ones are raised, known ones get their newest numbers, others, and those of versions before, are over. Returns those that are new.</summary>
    public async Task<IReadOnlyList<ModelAlarmRow>> ReplaceAsync(ModelVersionRow version, IReadOnlyList<NewModelAlarm> found, Guid? workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var open = await context.ModelAlarms.AsTracking().Where(alarm => alarm.Model == version.Model && alarm.EndedAt == null).ToListAsync(cancellationToken).ConfigureAwait(false);
        var raised = new List<ModelAlarmRow>();
        foreach (var alarm in found)
        {
            if (open.FirstOrDefault(known => known.VersionId == version.VersionId && known.Metric == alarm.Metric) is { } known)
            {
                (known.Statistic, known.MaeEffect) = (alarm.Statistic, alarm.MaeEffect);
                continue;
            }

            raised.Add(new ModelAlarmRow
            {
                AlarmId = Guid.CreateVersion7(now),
                Model = version.Model,
                VersionId = version.VersionId,
                Metric = alarm.Metric,
                Test = alarm.Test,
                Since = alarm.Since,
                RaisedAt = now,
                Statistic = alarm.Statistic,
                Threshold = alarm.Threshold,
                MaeEffect = alarm.MaeEffect,
                WorkId = workId,
            });
        }

        foreach (var over in open.Where(known => known.VersionId != version.VersionId || found.All(alarm => alarm.Metric != known.Metric)))
        {
            over.EndedAt = now;
        }

        context.ModelAlarms.AddRange(raised);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return raised;
    }
}

/// <summary>Something that is not as in training; see <see cref="ModelAlarmRow"/>.</summary>
public sealed record NewModelAlarm(string Metric, string Test, DateTimeOffset Since, double Statistic, double Threshold, double? MaeEffect);
