using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Writing;

/// <summary>
/// Stores frames, each exactly once. One call is one transaction: either all of its batches are stored, with their watermarks and
/// gaps, or nothing is.
/// </summary>
public sealed class TelemetryWriter(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<StorageOptions> options)
{
    private const int MaxAttempts = 5;

    private readonly AgentHosts _hosts = new();
    private readonly EntityIds _entities = new(options.Value.EntityTouchInterval);

    /// <summary>Stores the batches and returns, after the commit, what became of each, in the same order.</summary>
    /// <exception cref="UnknownAgentException">A batch names an agent that is not enrolled; nothing was stored.</exception>
    /// <exception cref="NpgsqlException">The database failed; nothing was stored, send again.</exception>
    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken) =>
        StoreAsync(batches, merge: false, cancellationToken);

    /// <summary>
    /// Stores batches whose rows hold only some values of their instant, value by value into what is there: the way of outside
    /// sources, which split an instant over requests and repeat it.
    /// </summary>
    /// <exception cref="UnknownAgentException">A batch names an agent that is not enrolled; nothing was stored.</exception>
    /// <exception cref="NpgsqlException">The database failed; nothing was stored, send again.</exception>
    public Task<IReadOnlyList<WriteOutcome>> MergeAsync(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken) =>
        StoreAsync(batches, merge: true, cancellationToken);

    private async Task<IReadOnlyList<WriteOutcome>> StoreAsync(IReadOnlyList<FrameBatch> batches, bool merge, CancellationToken cancellationToken)
    {
        if (batches.Count == 0)
        {
            return [];
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(batches, merge, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (attempt < MaxAttempts && exception.SqlState is PostgresErrorCodes.UniqueViolation)
            {
                // Some instant of some entity is there already (a clock that stepped back, a source that splits its requests).
                merge = true;
            }
            catch (PostgresException exception) when (attempt < MaxAttempts && exception is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null })
            {
                // A row on its way to the default partition waited while the partition of its hour was made: again, into that one.
            }
            catch (PostgresException exception) when (attempt < MaxAttempts && exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Rolled back by the server in favour of another: again from the start.
            }
        }
    }

    private async Task<IReadOnlyList<WriteOutcome>> TryWriteAsync(IReadOnlyList<FrameBatch> batches, bool merge, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var hosts = await _hosts.ResolveAsync(connection, batches.Select(batch => batch.AgentId).Distinct().ToList(), cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var watermarks = await EpochWatermarks.LockAsync(connection, batches, hosts, now, cancellationToken).ConfigureAwait(false);
        var entities = await _entities.ResolveAsync(connection, batches.SelectMany(batch => batch.Entities.Select(entity => (hosts[batch.AgentId], entity))), now, cancellationToken).ConfigureAwait(false);

        var write = new BatchWrite(options.Value, watermarks, entities, now);
        if (merge)
        {
            await using var create = new NpgsqlCommand(SampleMerge.CreateTable, connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using (var copy = await SampleCopy.BeginAsync(connection, merge ? SampleMerge.Table : "samples", cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in batches)
            {
                await write.AddAsync(copy, batch, hosts[batch.AgentId], cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await using (var rest = new NpgsqlBatch(connection))
        {
            if (merge)
            {
                rest.BatchCommands.Add(new NpgsqlBatchCommand(SampleMerge.Store));
            }

            rest.BatchCommands.Add(watermarks.Update(now));
            write.AddClosingCommands(rest);
            await rest.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _entities.Remember(entities);
        return write.Outcomes;
    }
}
