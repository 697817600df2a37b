using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Interference;

/// <summary>A run of a calibration campaign with its label.</summary>
/// <param name="WorkloadKey">Key of the measured workload in the agent's frames.</param>
/// <param name="Application">What was measured.</param>
/// <param name="Neighbours">What ran beside it, in order; empty when it was alone.</param>
/// <param name="StartedAt">Start of the measured window.</param>
/// <param name="EndedAt">Its end.</param>
/// <param name="Performance">Speed as a share of the speed alone, 1 undisturbed.</param>
/// <param name="Attributes">What else is known of it.</param>
public sealed record CampaignRun(
    string WorkloadKey, string Application, string[] Neighbours, DateTimeOffset StartedAt, DateTimeOffset EndedAt, double Performance, Dictionary<string, string> Attributes);

/// <summary>
/// The runs of calibration campaigns, among the runs under the outcome <see cref="InterferenceLabels.Outcome"/>. A run is known by its workload and its start, so that a campaign
/// may be written as often as it stops and goes on: every run has one row, whose label moves as more runs alone are known.
/// </summary>
public sealed class CampaignRuns(NpgsqlDataSource dataSource, IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Writes runs down; returns how many were new or have changed.</summary>
    /// <param name="hostKey">Key of the machine, made known when it is new.</param>
    /// <param name="hostName">Its name for people, where it is new.</param>
    /// <param name="runs">All runs of the campaign so far.</param>
    /// <param name="cancellationToken">Ends the call; nothing is written then.</param>
    public async Task<int> PutAsync(string hostKey, string hostName, IReadOnlyList<CampaignRun> runs, CancellationToken cancellationToken)
    {
        var hostId = await HostAsync(hostKey, hostName, cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0)
        {
            return 0;
        }

        await using var batch = dataSource.CreateBatch();
        foreach (var run in runs)
        {
            batch.BatchCommands.Add(Put(hostId, run));
        }

        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> HostAsync(string key, string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var known = await context.Hosts.AsNoTracking().FirstOrDefaultAsync(host => host.Key == key, cancellationToken).ConfigureAwait(false);

        // The agent's own name for a host that it reports stays.
        return known?.HostId ?? await context.FindOrAddHostAsync(key, name, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Put(int hostId, CampaignRun run) => new(
        """
        INSERT INTO runs AS known (host_id, run_id, entity_id, application, neighbours, started_at, ended_at, outcome_name, outcome_unit, outcome_value, attributes)
        VALUES ($1, $2, (SELECT entity_id FROM entities WHERE host_id = $1 AND kind = $3 AND key = $4), $5, $6, $7, $8, $9, '1', $10, $11)
        ON CONFLICT (host_id, run_id) DO UPDATE SET entity_id = coalesce(excluded.entity_id, known.entity_id), outcome_value = excluded.outcome_value, attributes = excluded.attributes
        WHERE (coalesce(excluded.entity_id, known.entity_id), excluded.outcome_value, excluded.attributes) IS DISTINCT FROM (known.entity_id, known.outcome_value, known.attributes)
        """)
    {
        Parameters =
        {
            new() { Value = hostId },
            new() { Value = IdOf(run) },
            new() { Value = (short)EntityKind.Workload },
            new() { Value = run.WorkloadKey },
            new() { Value = run.Application },
            new() { Value = run.Neighbours },
            new() { Value = run.StartedAt.UtcDateTime },
            new() { Value = run.EndedAt.UtcDateTime },
            new() { Value = InterferenceLabels.Outcome },
            new() { Value = run.Performance },
            new() { Value = JsonSerializer.Serialize(run.Attributes), NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };

    private static Guid IdOf(CampaignRun run) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{run.WorkloadKey} {run.StartedAt.ToUnixTimeMilliseconds()}"))).AsSpan(0, 16));
}
