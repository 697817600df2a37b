using Headroom.Jobs.Interference;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Features.Interference;

/// <summary>Interference predictions as the page and the API show them.</summary>
internal sealed class InterferenceReader(InterferencePredictions predictions, IDbContextFactory<HeadroomDbContext> contexts, IOptions<InterferenceOptions> options, TimeProvider clock)
{
    /// <summary>Most points of one workload's course; a longer time is thinned evenly.</summary>
    private const int MostPoints = 2_000;

    /// <summary>A prediction counts as present for this many windows.</summary>
    private const int FreshWindows = 12;

    /// <summary>How old a prediction may be and still count as present.</summary>
    public TimeSpan Fresh => TimeSpan.FromSeconds(FreshWindows * options.Value.WindowSeconds);

    /// <summary>Every workload with a present prediction, the most degraded first.</summary>
    public async Task<IReadOnlyList<InterferenceLine>> LatestAsync(CancellationToken cancellationToken)
    {
        var rows = await predictions.LatestAsync(clock.GetUtcNow() - Fresh, cancellationToken);
        return [.. (await LinesAsync(rows, cancellationToken)).OrderBy(line => line.Prediction.Value)];
    }

    /// <summary>Host and name of a workload; null when there is none of this id.</summary>
    public async Task<(int HostId, string Name)?> FindAsync(int workload, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Entities.AsNoTracking().Where(entity => entity.EntityId == workload && entity.Kind == EntityKind.Workload)
            .Select(entity => new { entity.HostId, entity.Name }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.HostId, found.Name);
    }

    /// <summary>One workload's predictions in [from, to); null when there are none.</summary>
    public async Task<InterferenceHistory?> HistoryAsync(int hostId, int workload, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(1_000_000, ((to - from).TotalSeconds / options.Value.WindowSeconds) + 1);
        var rows = await predictions.OfWorkloadAsync(hostId, workload, from, to, most, cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        var step = (rows.Count + MostPoints - 1) / MostPoints;
        return new InterferenceHistory((await LinesAsync([rows[^1]], cancellationToken))[0], [.. rows.Where((_, index) => (rows.Count - 1 - index) % step == 0)]);
    }

    private async Task<IReadOnlyList<InterferenceLine>> LinesAsync(IReadOnlyList<InterferencePredictionRow> rows, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = rows.Select(row => row.EntityId).ToArray();
        var names = await context.Entities.AsNoTracking().Where(entity => ids.Contains(entity.EntityId))
            .Join(context.Hosts, entity => entity.HostId, host => host.HostId, (entity, host) => new { entity.EntityId, entity.Name, Host = host.Name })
            .ToDictionaryAsync(entry => entry.EntityId, cancellationToken);
        return
        [
            .. rows.Where(row => names.ContainsKey(row.EntityId)).Select(row => new InterferenceLine(
                row, names[row.EntityId].Host, names[row.EntityId].Name, PredictionText.ReasonsOf(row), PredictionText.NeighboursOf(row))),
        ];
    }
}
