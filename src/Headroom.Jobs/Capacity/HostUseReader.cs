using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Jobs.Capacity;

/// <summary>Reads from the store what a host and its workloads used: CPU as the mean of a window, memory as its maximum.</summary>
public sealed class HostUseReader(EntityReader entities, SeriesReader series)
{
    private const double BytesPerGibibyte = 1L << 30;

    private static readonly string[] HostMetrics =
        ["system.cpu.utilization", "system.cpu.logical.count", "system.memory.limit", "system.linux.memory.available", "system.paging.oom_kills"];

    private static readonly string[] WorkloadMetrics =
        ["container.cpu.usage", "container.cpu.limit", "vm.vcpu.count", "container.memory.working_set", "container.memory.rss", "container.memory.limit"];

    /// <summary>What the host used and what it has; null when it sent no telemetry in the time of the plan.</summary>
    public async Task<HostUse?> ReadHostAsync(int hostId, PastPlan plan, CancellationToken cancellationToken)
    {
        var hosts = await entities.ListAsync(hostId, EntityKind.Host, plan.From, cancellationToken).ConfigureAwait(false);
        if (hosts.MaxBy(entity => entity.LastSeenAt) is not { } host)
        {
            return null;
        }

        var read = await ReadAsync(host, HostMetrics, plan, cancellationToken).ConfigureAwait(false);
        var (cores, memory) = (read[1].Max.Max(), read[2].Max.Max());
        return cores is not > 0 || memory is not > 0
            ? null
            : new HostUse(
                cores.Value,
                memory.Value / BytesPerGibibyte,
                [.. read[0].Mean.Select(share => share * cores)],
                [.. read[3].Min.Select(available => (float?)((memory - available) / BytesPerGibibyte))],
                [.. read[4].Max.Index().Where(window => window.Item > 0).Select(window => window.Index)]);
    }

    /// <summary>What every workload of the host used in the time of the plan, per resource.</summary>
    public async Task<(IReadOnlyList<WorkloadUse> Cpu, IReadOnlyList<WorkloadUse> Memory)> ReadWorkloadsAsync(int hostId, PastPlan plan, CancellationToken cancellationToken)
    {
        var (cpu, memory) = (new List<WorkloadUse>(), new List<WorkloadUse>());
        foreach (var workload in await entities.ListAsync(hostId, EntityKind.Workload, plan.From, cancellationToken).ConfigureAwait(false))
        {
            var read = await ReadAsync(workload, WorkloadMetrics, plan, cancellationToken).ConfigureAwait(false);
            Add(cpu, workload, Last(read[1].Mean) ?? Last(read[2].Mean), read[0].Mean);
            var bytes = read[3].Max.Zip(read[4].Max, (workingSet, resident) => (float?)((workingSet ?? resident) / BytesPerGibibyte)).ToArray();
            Add(memory, workload, Last(read[5].Mean) / BytesPerGibibyte, bytes);
        }

        return (cpu, memory);
    }

    private async Task<IReadOnlyList<Series>> ReadAsync(EntitySummary entity, string[] metrics, PastPlan plan, CancellationToken cancellationToken)
    {
        var answers = await series.ReadAsync([.. metrics.Select(metric => new SeriesRequest(entity.HostId, entity.EntityId, metric, plan.From, plan.To, plan.Windows))], cancellationToken).ConfigureAwait(false);
        return answers[0].Bucket == plan.Step && answers[0].Mean.Length == plan.Windows
            ? answers
            : throw new InvalidOperationException($"expected {plan.Windows} windows of {plan.Step}, the store answered {answers[0].Mean.Length} of {answers[0].Bucket}");
    }

    private static float? Last(float?[] values) => values.LastOrDefault(value => value is not null);

    /// <summary>Holes repeat the last known use; a workload that was seen in the last minute lives on.</summary>
    private static void Add(List<WorkloadUse> uses, EntitySummary workload, double? limit, float?[] values)
    {
        var first = Array.FindIndex(values, value => value is not null);
        if (first < 0)
        {
            return;
        }

        var last = Array.FindLastIndex(values, value => value is not null);
        var end = last >= values.Length - 3 ? values.Length : last + 1;
        uses.Add(new WorkloadUse(workload.Key, workload.Name, limit, first, HostUse.Fill(values[first..end])));
    }
}

/// <summary>What a host used and has.</summary>
/// <param name="Cores">Logical CPUs.</param>
/// <param name="Gibibytes">Memory, GiB.</param>
/// <param name="Cpu">Cores used per window; null where no telemetry came.</param>
/// <param name="Memory">GiB per window that new programs could not get; null where no telemetry came.</param>
/// <param name="OutOfMemoryWindows">Windows in which the kernel killed for lack of memory.</param>
public sealed record HostUse(double Cores, double Gibibytes, float?[] Cpu, float?[] Memory, IReadOnlyList<int> OutOfMemoryWindows)
{
    /// <summary>Repeats the last known value where there is none; 0 before the first.</summary>
    internal static float[] Fill(float?[] values)
    {
        var filled = new float[values.Length];
        var last = 0f;
        for (var index = 0; index < values.Length; index++)
        {
            filled[index] = last = values[index] ?? last;
        }

        return filled;
    }
}
