using System.Collections.Concurrent;
using Headroom.Jobs.Capacity;
using Headroom.MemoryPlacement.Live;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Features.Memory;

/// <summary>Advice on the memory of running hosts, made from the store when somebody asks, at most once a minute per host.</summary>
internal sealed class LiveMemoryReader(HostMemories memories, EntityReader entities, SeriesReader series, IOptions<LiveMemoryOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(5);

    /// <summary>Telemetry younger than this may still be on its way.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private static readonly string[] HostMetrics =
    [
        "system.memory.limit", "system.memory.usage.active_anonymous", "system.memory.usage.inactive_anonymous", "system.paging.scan.background", "system.paging.scan.direct",
    ];

    private static readonly string[] WorkloadMetrics =
    [
        "container.memory.usage", "container.memory.working_set", "container.memory.rss", "container.memory.refaults.anon", "container.memory.refaults.file",
        "container.memory.pressure.full", "topdown.memory_bound",
    ];

    private readonly ConcurrentDictionary<int, LiveMemoryAdvice> _latest = new();

    /// <summary>Null when there is no such host, or it sent no telemetry within the past that advice rests on.</summary>
    public async Task<LiveMemoryAdvice?> ReadAsync(int hostId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_latest.TryGetValue(hostId, out var known) && now - known.MadeAt < Fresh)
        {
            return known;
        }

        if (await PastAsync(hostId, now, cancellationToken) is not { } past)
        {
            return null;
        }

        return _latest[hostId] = HostMemoryAdvisor.Advise(past, options.Value.Settings);
    }

    private async Task<HostMemoryPast?> PastAsync(int hostId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var history = TimeSpan.FromHours(options.Value.HistoryHours);
        if (await memories.ReadAsync(hostId, cancellationToken) is not { } map
            || (await entities.ListAsync(hostId, EntityKind.Host, now - history, cancellationToken)).MaxBy(entity => entity.LastSeenAt) is not { } host
            || await KnownAsync(host, now, history, cancellationToken) is not var (plan, read, first))
        {
            return null;
        }

        var workloads = new List<WorkloadMemoryPast>();
        foreach (var workload in await entities.ListAsync(hostId, EntityKind.Workload, now - Alive, cancellationToken))
        {
            var past = Past(workload, await SeriesAsync(workload, WorkloadMetrics, plan, cancellationToken)).Part(first..);
            if (past.Known > 0)
            {
                workloads.Add(past);
            }
        }

        var bytes = read[0].Mean.Last(value => value is not null)!.Value;
        return new HostMemoryPast(
            hostId, map.Host, plan.To, plan.Step.TotalSeconds, plan.Windows - first, bytes, IdleAnonymousShare(read), SlowTier.Of(map.Memories, map.FreeBytes), workloads);
    }

    /// <summary>The past from the first telemetry on: a host that was silent for hours has a short one, cut into short windows.</summary>
    private async Task<(PastPlan Plan, IReadOnlyList<Series> Read, int First)?> KnownAsync(EntitySummary host, DateTimeOffset now, TimeSpan history, CancellationToken cancellationToken)
    {
        var from = now - history;
        while (PastPlan.For(from, now - Settling, history) is { } plan)
        {
            var read = await SeriesAsync(host, HostMetrics, plan, cancellationToken);
            var first = Array.FindIndex(read[0].Mean, value => value is not null);
            if (first < 0)
            {
                return null;
            }

            from = plan.From + (first * plan.Step);
            if (PastPlan.For(from, now - Settling, history) is not { } finer || finer.Step == plan.Step)
            {
                return (plan, read, first);
            }
        }

        return null;
    }

    /// <summary>Null where reclaim never looked at a page: the inactive list then says nothing about use.</summary>
    private static double? IdleAnonymousShare(IReadOnlyList<Series> read)
    {
        var shares = read[1].Mean.Zip(read[2].Mean, (active, inactive) => inactive / (active + inactive)).OfType<float>().ToArray();
        return shares.Length > 0 && read[3].Max.Concat(read[4].Max).Any(pages => pages > 0) ? shares.Min() : null;
    }

    private static WorkloadMemoryPast Past(EntitySummary workload, IReadOnlyList<Series> read) => new(
        workload.Key, workload.Name, read[0].Mean, read[1].Mean, read[2].Mean, [.. read[3].Mean.Zip(read[4].Mean, Sum)], read[5].Mean, read[6].Mean);

    private static float? Sum(float? anonymous, float? file) => anonymous is null ? file : file is null ? anonymous : anonymous + file;

    private async Task<IReadOnlyList<Series>> SeriesAsync(EntitySummary entity, string[] metrics, PastPlan plan, CancellationToken cancellationToken)
    {
        var answers = await series.ReadAsync([.. metrics.Select(metric => new SeriesRequest(entity.HostId, entity.EntityId, metric, plan.From, plan.To, plan.Windows))], cancellationToken);
        return answers[0].Mean.Length == plan.Windows
            ? answers
            : throw new InvalidOperationException($"expected {plan.Windows} windows of {plan.Step}, the store answered {answers[0].Mean.Length}");
    }
}
