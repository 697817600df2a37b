using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>
/// Answers many series in one call, each brought to the width asked for. A range is read from the coarsest table that is fine
/// enough; what that table does not reach yet (the last minute, the open hour) comes from the finer ones.
/// </summary>
public sealed class SeriesReader(NpgsqlDataSource dataSource, IOptions<StorageOptions> options)
{
    /// <summary>Reads the series in the order they were asked for.</summary>
    /// <exception cref="InvalidQueryException">A metric or entity does not exist, or a limit of <see cref="StorageOptions"/> is passed.</exception>
    public async Task<IReadOnlyList<Series>> ReadAsync(IReadOnlyList<SeriesRequest> requests, CancellationToken cancellationToken)
    {
        QueryLimits.Check(requests, options.Value);
        if (requests.Count == 0)
        {
            return [];
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var kinds = await ReadKindsAsync(connection, requests, cancellationToken).ConfigureAwait(false);
        var answers = new Series[requests.Count];
        foreach (var group in requests.Index().GroupBy(entry => entry.Item with { Metric = "" }))
        {
            var plan = BucketPlan.For(group.Key.From, group.Key.To, group.Key.MaxPoints);
            var metrics = group.Select(entry => FindMetric(kinds[(entry.Item.HostId, entry.Item.EntityId)], entry.Item.Metric)).ToArray();
            var question = new EntityQuestion(
                group.Key.HostId,
                group.Key.EntityId,
                metrics.Select(metric => metric.Ordinal).ToArray(),
                metrics.Select(metric => new SeriesBuckets(plan, metric.Definition.Kind == MetricKind.State)).ToArray(),
                plan);
            await FillAsync(connection, question, cancellationToken).ConfigureAwait(false);
            var gaps = await GapReader.ReadAsync(connection, group.Key.HostId, plan.From, plan.To, cancellationToken).ConfigureAwait(false);
            foreach (var (place, entry) in group.Index())
            {
                var buckets = question.Buckets[place];
                answers[entry.Index] = new Series(plan.From, plan.Bucket, metrics[place].Definition.Unit, plan.Resolution.Name, buckets.Min(), buckets.Max(), buckets.Mean()) { Gaps = gaps };
            }
        }

        return answers;
    }

    // Rows before blocks: an hour that is compacted between the two questions is then seen twice, which changes no minimum,
    // maximum, mean or last value, and never not at all.
    private static async Task FillAsync(NpgsqlConnection connection, EntityQuestion question, CancellationToken cancellationToken)
    {
        var (from, to) = (question.Plan.From, question.Plan.To);
        foreach (var resolution in Resolution.All.SkipWhile(candidate => candidate != question.Plan.Resolution))
        {
            if (resolution == Resolution.Second)
            {
                await RowSources.ReadSamplesAsync(connection, question, from, to, cancellationToken).ConfigureAwait(false);
                await BlockSources.ReadSamplesAsync(connection, question, from, to, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var rows = await RowSources.ReadRollUpsAsync(connection, question, resolution, from, to, cancellationToken).ConfigureAwait(false);
            var blocks = resolution == Resolution.Hour ? from : await BlockSources.ReadRollUpsAsync(connection, question, resolution, from, to, cancellationToken).ConfigureAwait(false);
            from = rows > blocks ? rows : blocks;
            if (from >= to)
            {
                return;
            }
        }
    }

    private static async Task<Dictionary<(int Host, int Entity), EntityKind>> ReadKindsAsync(NpgsqlConnection connection, IReadOnlyList<SeriesRequest> requests, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT host_id, entity_id, kind FROM entities WHERE (host_id, entity_id) IN (SELECT * FROM unnest($1, $2))", connection)
        {
            Parameters = { new() { Value = requests.Select(request => request.HostId).ToArray() }, new() { Value = requests.Select(request => request.EntityId).ToArray() } },
        };
        var kinds = new Dictionary<(int, int), EntityKind>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            kinds[(reader.GetInt32(0), reader.GetInt32(1))] = (EntityKind)reader.GetInt16(2);
        }

        var unknown = requests.FirstOrDefault(request => !kinds.ContainsKey((request.HostId, request.EntityId)));
        return unknown is null ? kinds : throw new InvalidQueryException($"host {unknown.HostId} has no entity {unknown.EntityId}");
    }

    private static (int Ordinal, MetricDefinition Definition) FindMetric(EntityKind kind, string name) =>
        MetricCatalogue.Current.OrdinalOf(kind, name) is { } ordinal
            ? (ordinal, MetricCatalogue.Current.For(kind)[ordinal])
            : throw new InvalidQueryException($"the catalogue has no metric '{name}' for a {kind}");
}
