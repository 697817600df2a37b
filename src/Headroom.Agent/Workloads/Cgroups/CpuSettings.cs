using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// What somebody set for a cgroup's CPU: quota, weight, cpuset. Settings seldom change, so they are read every few ticks and
/// hold in between.
/// </summary>
internal sealed class CpuSettings(CgroupLocation location) : IWorkloadReader
{
    private const int TicksBetweenReads = 10;

    private readonly KernelFile? _max = location.V2("cpu.max");
    private readonly KernelFile? _quota = location.V1("cpu", "cpu.cfs_quota_us");
    private readonly KernelFile? _period = location.V1("cpu", "cpu.cfs_period_us");
    private readonly KernelFile? _weight = location.V2("cpu.weight");
    private readonly KernelFile? _shares = location.V1("cpu", "cpu.shares");
    private readonly KernelFile? _cpuset = location.V2("cpuset.cpus.effective") ?? location.FirstV1("cpuset", "cpuset.effective_cpus", "cpuset.cpus");

    private int _ticksUntilRead;
    private double? _limit;
    private double? _weightValue;
    private double? _cpus;

    public void Read(Entity entity)
    {
        if (_ticksUntilRead-- <= 0)
        {
            _ticksUntilRead = TicksBetweenReads - 1;
            _limit = ReadLimit();
            _weightValue = ReadWeight();
            _cpus = _cpuset is not null && _cpuset.TryRead(out var list) && CpuList.Count(list) is > 0 and var count ? count : null;
        }

        Set(entity, CpuMetrics.Limit, _limit);
        Set(entity, CpuMetrics.Weight, _weightValue);
        Set(entity, CpuMetrics.Cpuset, _cpus);
    }

    public void Dispose()
    {
        foreach (var file in new[] { _max, _quota, _period, _weight, _shares, _cpuset })
        {
            file?.Dispose();
        }
    }

    /// <summary>
    /// The v2 weight (1 to 10000, 100 by default) of v1 shares (2 to 262144, 1024 by default): shares x 100 / 1024, the scale
    /// on which both defaults meet, as the kernel itself maps them.
    /// </summary>
    internal static double WeightOfShares(long shares) => Math.Clamp(shares * 100.0 / 1024, 1, 10_000);

    private static void Set(Entity entity, int metric, double? value)
    {
        if (value is { } known)
        {
            entity.Set(metric, known);
        }
    }

    private double? ReadLimit()
    {
        if (_max is not null)
        {
            // "max 100000" without a quota, else "50000 100000".
            return _max.TryRead(out var content) && new Fields(content) is var fields
                && fields.TryReadUnsigned(out var granted) && fields.TryReadUnsigned(out var every) && every > 0
                    ? (double)granted / every
                    : null;
        }

        return _quota is not null && _period is not null && _quota.TryReadSigned(out var quota) && quota > 0 && _period.TryReadSigned(out var period) && period > 0
            ? (double)quota / period
            : null;
    }

    private double? ReadWeight() =>
        _weight is not null ? (_weight.TryReadSigned(out var weight) ? weight : null)
        : _shares is not null && _shares.TryReadSigned(out var shares) ? WeightOfShares(shares)
        : null;
}
