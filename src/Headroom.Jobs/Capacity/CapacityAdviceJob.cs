using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Capacity;

/// <summary>Keeps the capacity advice of every living host fresh, judges the advice whose time is over, and withdraws what does not hold.</summary>
public sealed partial class CapacityAdviceJob(
    IDbContextFactory<HeadroomDbContext> contexts, CapacityInputs inputs, CapacityJudge judge, CapacityLedger ledger, IOptions<CapacityOptions> options, TimeProvider clock, ILogger<CapacityAdviceJob> logger)
    : IScheduledJob
{
    public const string JobName = "capacity-advice";

    private const int JudgedPerRun = 500;

    /// <summary>Advice is judged once the last telemetry of its time must have come.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(5);

    /// <summary>Advice that ends before the next run is renewed in this one, so that a host is never without.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await ledger.DueAsync(now - Settling, JudgedPerRun, cancellationToken).ConfigureAwait(false);
        foreach (var entry in due)
        {
            await judge.JudgeAsync(entry, now, cancellationToken).ConfigureAwait(false);
        }

        var fresh = (await ledger.LatestAsync(cancellationToken).ConfigureAwait(false)).Where(entry => entry.ExpiresAt > now + Ahead).ToDictionary(entry => entry.HostId);
        var made = 0;
        foreach (var host in await LivingAsync(now, cancellationToken).ConfigureAwait(false))
        {
            if (fresh.TryGetValue(host.HostId, out var valid))
            {
                await WithdrawAsync(valid, now, cancellationToken).ConfigureAwait(false);
            }
            else if (made < options.Value.MaxHostsPerRun && await TryAdviseAsync(host, now, cancellationToken).ConfigureAwait(false))
            {
                made++;
            }
        }

        var forgotten = await ledger.ForgetAsync(now - TimeSpan.FromDays(options.Value.KeepDays), cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{due.Count} judged, {made} made, {forgotten} forgotten");
    }

    private async Task<IReadOnlyList<LivingHost>> LivingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Hosts
            .Where(host => context.AgentEpochs.Any(epoch => epoch.HostId == host.HostId && epoch.LastFrameAt >= now - Alive))
            .OrderBy(host => host.HostId)
            .Select(host => new LivingHost(host.HostId, host.Name, host.FirstSeenAt))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    // One host whose past cannot be read must not keep the others from their advice.
    private async Task<bool> TryAdviseAsync(LivingHost host, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await AdviseAsync(host, now, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or Storage.Reading.InvalidQueryException)
        {
            NotAdvised(logger, failure, host.HostId);
            return false;
        }
    }

    private async Task<bool> AdviseAsync(LivingHost host, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await inputs.ReadAsync(host.HostId, host.Name, host.FirstSeenAt, now, cancellationToken).ConfigureAwait(false) is not { } read)
        {
            return false;
        }

        var recommendation = HostAdvisor.Recommend(read, cancellationToken);
        var isCold = recommendation.Resources.Any(advice => advice.IsCold);
        await ledger.AddAsync(
            new CapacityAdviceRow
            {
                AdviceId = Guid.CreateVersion7(now),
                HostId = host.HostId,
                MadeAt = recommendation.MadeAt,
                ExpiresAt = recommendation.ExpiresAt,
                IsCold = isCold,
                Risk = recommendation.Risk,
                Recommendation = RecommendationSnapshot.Text(recommendation),
                Snapshot = new RecommendationSnapshot(read, recommendation).ToZip(),
                WithdrawnReason = isCold ? null : await DistrustAsync(host.HostId, now, cancellationToken).ConfigureAwait(false),
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task WithdrawAsync(CapacityEntry valid, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!valid.IsCold && valid.WithdrawnReason is null && await DistrustAsync(valid.HostId, now, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            await ledger.WithdrawAsync(valid.AdviceId, reason, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Why a host's advice cannot be trusted just now; null when it can.</summary>
    private async Task<string?> DistrustAsync(int hostId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var coverage = await ledger.CoverageAsync(hostId, now - TimeSpan.FromDays(options.Value.HistoryDays), cancellationToken).ConfigureAwait(false);
        return coverage
            .Select(resource => CoverageTest.Distrust(resource.Resource, resource.Windows, resource.Violations, options.Value.RiskRatio, options.Value.WithdrawBelowChance))
            .FirstOrDefault(reason => reason is not null);
    }

    private sealed record LivingHost(int HostId, string Name, DateTimeOffset FirstSeenAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Host {HostId} gets no capacity advice")]
    private static partial void NotAdvised(ILogger logger, Exception exception, int hostId);
}
