using Headroom.Storage.Live;
using Headroom.Telemetry.Frames;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Writing;

/// <summary>One transaction's worth of batches on their way into the store: what was stored, what was dropped, what must be rolled up.</summary>
internal sealed class BatchWrite(StorageOptions options, EpochWatermarks watermarks, Dictionary<EntityIds.EntityKey, EntityIds.Known> entities, DateTimeOffset now)
{
    private readonly List<WriteOutcome> _outcomes = [];
    private readonly List<(int HostId, FrameBatch Batch, DroppedRange Range)> _gaps = [];
    private readonly HashSet<(int HostId, DateTime Minute)> _minutes = [];
    private readonly SortedSet<int> _hosts = [];

    public IReadOnlyList<WriteOutcome> Outcomes => _outcomes;

    /// <summary>Writes the frames of a batch that are new.</summary>
    public async Task AddAsync(SampleCopy copy, FrameBatch batch, int hostId, CancellationToken cancellationToken)
    {
        var ids = batch.Entities.ToDictionary(entity => entity.LocalId, entity => entities[new EntityIds.EntityKey(hostId, entity.Kind, entity.Key)].EntityId);
        var (stored, duplicates, before) = (0, 0, copy.Values);
        var refusals = new Dictionary<string, int>();
        foreach (var frame in batch.Frames)
        {
            if (!watermarks.TryAdvance(batch, frame))
            {
                duplicates++;
                continue;
            }

            if (RefusalReason(frame) is { } reason)
            {
                refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
                _gaps.Add((hostId, batch, new DroppedRange(frame.Sequence, frame.Sequence, frame.At, frame.At, 1, reason)));
                continue;
            }

            foreach (var sample in frame.Samples)
            {
                await copy.WriteAsync(hostId, ids[sample.LocalId], frame.At, batch.CatalogueVersion, sample.Values, cancellationToken).ConfigureAwait(false);
            }

            stored++;
            watermarks.Stored(batch, frame.At);
            _minutes.Add((hostId, FloorToMinute(frame.At)));
            _hosts.Add(hostId);
        }

        _gaps.AddRange(batch.Drops.Select(range => (hostId, batch, range)));
        _outcomes.Add(new WriteOutcome(stored, duplicates, copy.Values - before, watermarks.PassDrops(batch)) { RefusalReasons = refusals.Count > 0 ? refusals : WriteOutcome.NoReasons });
    }

    /// <summary>Adds what ends the transaction: gaps, minutes to roll up, and the word to whoever listens.</summary>
    public void AddClosingCommands(NpgsqlBatch batch)
    {
        if (_gaps.Count > 0)
        {
            batch.BatchCommands.Add(InsertGaps());
        }

        if (_minutes.Count > 0)
        {
            batch.BatchCommands.Add(InsertMinutes());
            batch.BatchCommands.Add(LiveChannel.Notify(_hosts));
        }
    }

    private string? RefusalReason(Frame frame)
    {
        if (frame.At > now + options.MaxClockLead)
        {
            return "refused-ahead-of-clock";
        }

        return frame.At < now - options.SampleRetention ? "refused-older-than-retention" : null;
    }

    private NpgsqlBatchCommand InsertGaps() => new(
        """
        INSERT INTO gaps (host_id, agent_id, epoch, first_sequence, last_sequence, reason, from_at, to_at, frame_count)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """)
    {
        Parameters =
        {
            new() { Value = _gaps.Select(gap => gap.HostId).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Batch.AgentId).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Batch.Epoch).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Range.FirstSequence).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Range.LastSequence).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Range.Reason).ToArray() },
            new() { Value = _gaps.Select(gap => gap.Range.From.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            new() { Value = _gaps.Select(gap => gap.Range.To.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            new() { Value = _gaps.Select(gap => gap.Range.FrameCount).ToArray() },
        },
    };

    // The update without effect locks the row: a roll-up of the same minute then waits for these samples, or comes again.
    private NpgsqlBatchCommand InsertMinutes()
    {
        var minutes = _minutes.Order().ToList();
        return new NpgsqlBatchCommand(
            """
            INSERT INTO pending_minutes (host_id, minute) SELECT * FROM unnest($1, $2)
            ON CONFLICT (host_id, minute) DO UPDATE SET minute = excluded.minute
            """)
        {
            Parameters =
            {
                new() { Value = minutes.Select(minute => minute.HostId).ToArray() },
                new() { Value = minutes.Select(minute => minute.Minute).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
    }

    private static DateTime FloorToMinute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
}
