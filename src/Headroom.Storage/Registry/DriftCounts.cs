using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Registry;

/// <summary>When something about a model was not as in training.</summary>
/// <param name="From">When it was raised.</param>
/// <param name="To">When it was over; null while it is not.</param>
public sealed record DriftSpan(DateTimeOffset From, DateTimeOffset? To);

/// <summary>Drift alarms of every model over time.</summary>
public sealed class DriftCounts(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Every model of the registry, with its alarms that were open at or after a time.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<DriftSpan>>> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var models = await context.ModelVersions.Select(version => version.Model).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        var spans = await context.ModelAlarms.Where(alarm => alarm.EndedAt == null || alarm.EndedAt >= since)
            .Select(alarm => new { alarm.Model, alarm.RaisedAt, alarm.EndedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var byModel = spans.ToLookup(span => span.Model, span => new DriftSpan(span.RaisedAt, span.EndedAt));
        return models.ToDictionary(model => model, model => (IReadOnlyList<DriftSpan>)[.. byModel[model]]);
    }
}
