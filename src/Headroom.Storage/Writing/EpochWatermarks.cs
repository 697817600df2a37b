using Headroom.Telemetry.Frames;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Writing;

/// <summary>How far each (agent, epoch) of a transaction is stored, with the rows locked in one order until it ends.</summary>
internal sealed class EpochWatermarks
{
    private readonly Dictionary<(Guid Agent, Guid Epoch), Mark> _marks = [];

    private sealed class Mark
    {
        public required int HostId { get; init; }

        public long Sequence { get; set; }

        public DateTimeOffset? LastFrameAt { get; set; }
    }

    /// <summary>Makes missing rows and locks all of them, ordered so that two writers cannot wait for each other.</summary>
    public static async Task<EpochWatermarks> LockAsync(NpgsqlConnection connection, IEnumerable<FrameBatch> batches, IReadOnlyDictionary<Guid, int> hosts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = batches.Select(batch => (Host: hosts[batch.AgentId], batch.AgentId, batch.Epoch)).Distinct().ToList();
        var hostIds = keys.Select(key => key.Host).ToArray();
        var agentIds = keys.Select(key => key.AgentId).ToArray();
        var epochs = keys.Select(key => key.Epoch).ToArray();
        await using var command = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    """
                    INSERT INTO agent_epochs (host_id, agent_id, epoch, acknowledged_sequence, updated_at)
                    SELECT host_id, agent_id, epoch, -1, $4 FROM unnest($1, $2, $3) AS new (host_id, agent_id, epoch)
                    ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
                    """)
                {
                    Parameters = { new() { Value = hostIds }, new() { Value = agentIds }, new() { Value = epochs }, new() { Value = now.ToUniversalTime() } },
                },
                new NpgsqlBatchCommand(
                    """
                    SELECT agent_id, epoch, acknowledged_sequence, last_frame_at, host_id FROM agent_epochs
                    WHERE (host_id, agent_id, epoch) IN (SELECT * FROM unnest($1, $2, $3))
                    ORDER BY host_id, agent_id, epoch FOR UPDATE
                    """)
                {
                    Parameters = { new() { Value = hostIds }, new() { Value = agentIds }, new() { Value = epochs } },
                },
            },
        };
        var watermarks = new EpochWatermarks();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            watermarks._marks[(reader.GetGuid(0), reader.GetGuid(1))] = new Mark
            {
                HostId = reader.GetInt32(4),
                Sequence = reader.GetInt64(2),
                LastFrameAt = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
            };
        }

        return watermarks;
    }

    /// <summary>Whether the frame is new; if so the watermark moves to it.</summary>
    public bool TryAdvance(FrameBatch batch, Frame frame)
    {
        var mark = _marks[(batch.AgentId, batch.Epoch)];
        if (frame.Sequence <= mark.Sequence)
        {
            return false;
        }

        mark.Sequence = frame.Sequence;
        return true;
    }

    /// <summary>Notes that a frame of this time was stored.</summary>
    public void Stored(FrameBatch batch, DateTimeOffset at)
    {
        var mark = _marks[(batch.AgentId, batch.Epoch)];
        mark.LastFrameAt = mark.LastFrameAt is { } last && last > at ? last : at;
    }

    /// <summary>Moves the watermark over ranges that are wholly dropped and follow on it, and returns where it stands.</summary>
    public long PassDrops(FrameBatch batch)
    {
        var mark = _marks[(batch.AgentId, batch.Epoch)];
        foreach (var drop in batch.Drops.OrderBy(drop => drop.FirstSequence))
        {
            var whole = drop.FrameCount == drop.LastSequence - drop.FirstSequence + 1;
            if (whole && drop.FirstSequence <= mark.Sequence + 1 && drop.LastSequence > mark.Sequence)
            {
                mark.Sequence = drop.LastSequence;
            }
        }

        return mark.Sequence;
    }

    /// <summary>The statement that stores where the watermarks stand now.</summary>
    public NpgsqlBatchCommand Update(DateTimeOffset now)
    {
        var marks = _marks.ToList();
        return new NpgsqlBatchCommand(
            """
            UPDATE agent_epochs AS old SET acknowledged_sequence = new.sequence, last_frame_at = new.last_frame_at, updated_at = $6
            FROM unnest($1, $2, $3, $4, $5) AS new (host_id, agent_id, epoch, sequence, last_frame_at)
            WHERE old.host_id = new.host_id AND old.agent_id = new.agent_id AND old.epoch = new.epoch
            """)
        {
            Parameters =
            {
                new() { Value = marks.Select(mark => mark.Value.HostId).ToArray() },
                new() { Value = marks.Select(mark => mark.Key.Agent).ToArray() },
                new() { Value = marks.Select(mark => mark.Key.Epoch).ToArray() },
                new() { Value = marks.Select(mark => mark.Value.Sequence).ToArray() },
                new() { Value = marks.Select(mark => mark.Value.LastFrameAt?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = now.ToUniversalTime() },
            },
        };
    }
}
