using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Capacity;

/// <summary>Gathers everything that a recommendation is made from.</summary>
public sealed class CapacityInputs(HostUseReader reader, IEnumerable<IInterferenceOutlook> outlooks, IOptions<CapacityOptions> options)
{
    /// <summary>Telemetry younger than this may still be on its way.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>The inputs of one host now; null when too little is known even for one window.</summary>
    public async Task<RecommendationInputs?> ReadAsync(int hostId, string host, DateTimeOffset firstSeen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindPastAsync(hostId, firstSeen, now - Settling, cancellationToken).ConfigureAwait(false) is not var (plan, use, first))
        {
            return null;
        }

        var (cpu, memory) = await reader.ReadWorkloadsAsync(hostId, plan, cancellationToken).ConfigureAwait(false);
        var promises = await ReadPromisesAsync(hostId, now, cancellationToken).ConfigureAwait(false);
        var settings = options.Value;
        return new RecommendationInputs(
            hostId,
            host,
            plan.To,
            plan.Step.TotalSeconds,
            plan.Windows - first,
            use.Cpu.Skip(first).Count(value => value is null),
            [
                WorkloadShares.Split(Resource.Cpu, use.Cores, use.Cpu, cpu, [], first),
                WorkloadShares.Split(Resource.Memory, use.Gibibytes, use.Memory, memory, use.OutOfMemoryWindows, first),
            ],
            promises,
            new RecommendationSettings(settings.RiskRatio, TimeSpan.FromMinutes(settings.HorizonMinutes), TimeSpan.FromHours(settings.ColdStartHours), RecommendationSettings.Default.Seed)
            {
                EarlyAfter = TimeSpan.FromMinutes(settings.EarlyAdviceMinutes),
                EarlyMargin = settings.EarlyMarginRatio,
            });
    }

    /// <summary>Fresh predictions of the host's workloads against what the operator promised them.</summary>
    private async Task<IReadOnlyList<PerformancePromise>> ReadPromisesAsync(int hostId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - TimeSpan.FromMinutes(options.Value.PredictionMaxAgeMinutes);
        var promises = new List<PerformancePromise>();
        foreach (var outlook in outlooks)
        {
            var read = await outlook.ReadAsync(hostId, cancellationToken).ConfigureAwait(false);
            promises.AddRange(read.Where(promise => promise.PredictedAt is not { } at || at >= oldest)
                .Select(promise => promise with { Promised = options.Value.PromiseTo(promise.Workload, promise.Key) }));
        }

        return promises;
    }

    /// <summary>The past from the first telemetry on: a host that was silent for days has a short one, cut into short windows.</summary>
    private async Task<(PastPlan Plan, HostUse Use, int First)?> FindPastAsync(int hostId, DateTimeOffset firstSeen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var history = TimeSpan.FromDays(options.Value.HistoryDays);
        var from = await FirstTelemetryAsync(hostId, now - history, firstSeen, cancellationToken).ConfigureAwait(false) ?? firstSeen;
        while (PastPlan.For(from, now, history) is { } plan)
        {
            if (await reader.ReadHostAsync(hostId, plan, cancellationToken).ConfigureAwait(false) is not { } use || FirstKnown(use) is not (>= 0 and var known))
            {
                // All there is may lie in the window that has not ended yet.
                from = plan.To;
                continue;
            }

            from = plan.From + (known * plan.Step);
            if (PastPlan.For(from, now, history) is not { } finer || finer.Step == plan.Step)
            {
                return (plan, use, known);
            }
        }

        return null;
    }

    /// <summary>Telemetry may be older than the host's enrolment: a replayed fleet has a past, an agent sends what it kept. Null where there is none.</summary>
    private async Task<DateTimeOffset?> FirstTelemetryAsync(int hostId, DateTimeOffset from, DateTimeOffset enrolled, CancellationToken cancellationToken) =>
        PastPlan.Cut(from, enrolled, PastPlan.LongestStep) is { } before
        && await reader.ReadHostAsync(hostId, before, cancellationToken).ConfigureAwait(false) is { } use
        && FirstKnown(use) is >= 0 and var first
            ? before.From + (first * before.Step)
            : null;

    private static int FirstKnown(HostUse use) => Array.FindIndex(use.Cpu, value => value is not null);
}
