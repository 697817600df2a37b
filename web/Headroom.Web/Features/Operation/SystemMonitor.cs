using Headroom.Ingestion.Enrolling;
using Headroom.Storage.Reading;
using Headroom.Web.Api.Agents;

namespace Headroom.Web.Features.Operation;

/// <summary>Watches this server: its own counters every five seconds, the size of the database every half minute.</summary>
internal sealed partial class SystemMonitor(Enrolment enrolment, DatabaseReader database, TimeProvider clock, ILogger<SystemMonitor> log) : BackgroundService
{
    private const int CountsKept = 13, SizesKept = 2_880, SizeEvery = 6, MaxAgents = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly IngestionTotals _totals = new();
    private readonly Queue<(DateTimeOffset At, IngestionCount Count)> _counts = new();
    private readonly Queue<(DateTimeOffset At, long Bytes)> _sizes = new();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly Lock _gate = new();

    /// <summary>How it is doing now.</summary>
    public async Task<SystemState> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var agents = (await enrolment.ListAgentsAsync(0, MaxAgents, cancellationToken)).Select(agent => AgentAnswer.Of(agent, now)).Where(agent => agent.RevokedAt is null).ToList();
        var live = agents.Where(agent => agent.State == "live").ToList();
        var space = await database.ReadSpaceAsync(cancellationToken);
        var (count, before, seconds, growth) = Watched(now);
        var commits = count.Commits - before.Commits;
        return new SystemState(
            now,
            _startedAt,
            (count.Frames - before.Frames) / seconds,
            (count.Values - before.Values) / seconds,
            count.Rejected,
            count.Waiting,
            commits > 0 ? (count.CommitSeconds - before.CommitSeconds) / commits : null,
            live.Max(agent => agent.LagSeconds),
            live.Count,
            agents.Count,
            agents.Sum(agent => agent.DroppedFramesLastDay),
            space.SizeBytes,
            space.FreeBytes,
            growth,
            space.FreeBytes is { } free && growth is { } pace ? GrowthForecast.FullAt(now, free, pace) : null,
            Environment.WorkingSet);
    }

    public override void Dispose()
    {
        _totals.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        for (var tick = 0; ; tick++)
        {
            Keep(_counts, _totals.Read(), CountsKept);
            if (tick % SizeEvery == 0)
            {
                await WatchSizeAsync(stoppingToken);
            }

            if (!await timer.WaitForNextTickAsync(stoppingToken))
            {
                return;
            }
        }
    }

    private async Task WatchSizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Keep(_sizes, (await database.ReadSpaceAsync(cancellationToken)).SizeBytes, SizesKept);
        }
        catch (Npgsql.NpgsqlException away)
        {
            LogAway(log, away);
        }
    }

    private (IngestionCount Now, IngestionCount Before, double Seconds, double? Growth) Watched(DateTimeOffset now)
    {
        var count = _totals.Read();
        lock (_gate)
        {
            var (at, before) = _counts.TryPeek(out var oldest) ? oldest : (_startedAt, new IngestionCount(0, 0, 0, 0, 0, 0));
            return (count, before, Math.Max(1, (now - at).TotalSeconds), GrowthForecast.BytesPerSecond([.. _sizes]));
        }
    }

    private void Keep<T>(Queue<(DateTimeOffset At, T What)> kept, T what, int most)
    {
        lock (_gate)
        {
            kept.Enqueue((clock.GetUtcNow(), what));
            if (kept.Count > most)
            {
                kept.Dequeue();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The size of the database could not be read; it is tried again")]
    private static partial void LogAway(ILogger log, Exception away);
}
