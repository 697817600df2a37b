using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Workloads.Cgroups;
using Headroom.Agent.Workloads.Discovery;
using Headroom.Agent.Workloads.Tasks;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Workloads;

/// <summary>The workloads that are measured at the moment, kept up to date by a discovery every few seconds.</summary>
internal sealed partial class WorkloadSet
{
    /// <summary>What a program uses is known from the second look on, so the first few come quickly.</summary>
    private const int FirstDiscoveries = 3;
    private const double FirstIntervalSeconds = 1;

    private readonly CollectorServices _services;
    private readonly WorkloadDiscovery _discovery;
    private readonly WorkloadInstruments _instruments;
    private readonly Dictionary<string, MeasuredWorkload> _byKey = [];
    private long _nextDiscovery = long.MinValue;
    private int _omitted;
    private bool _truncated;

    /// <exception cref="ArgumentException">The settings switch off a pattern that does not exist.</exception>
    public WorkloadSet(CollectorServices services)
    {
        _services = services;
        var options = services.Options.Workloads;
        var mounts = CgroupMounts.Read(services.Files);
        Mounts = mounts;
        _discovery = new WorkloadDiscovery(services.Files, mounts, options);
        var online = CpuList.Count(Encoding.UTF8.GetBytes(services.Files.ReadText("/sys/devices/system/cpu/online") ?? ""));
        CpuCount = Math.Max(1, online);
        _instruments = new WorkloadInstruments(
            services.Files, mounts, new StackedDevices(services.Files.System), new ThreadBudget(options.MaxThreadsPerTick), CpuCount, options.MaxProcessesPerWorkload);
    }

    public CgroupMounts Mounts { get; }

    /// <summary>Logical CPUs of the host that are online.</summary>
    public int CpuCount { get; }

    public ThreadBudget Budget => _instruments.Budget;

    /// <summary>The workloads of this tick.</summary>
    public IReadOnlyList<MeasuredWorkload> Workloads { get; private set; } = [];

    /// <summary>Counts discoveries, so that others see when to look again at the list.</summary>
    public long DiscoveryCount { get; private set; }

    /// <summary>Looks for workloads when that is due.</summary>
    public void RefreshWhenDue()
    {
        var clock = _services.Clock;
        var started = clock.GetTimestamp();
        if (started < _nextDiscovery)
        {
            return;
        }

        Take(_discovery.Find());
        var took = clock.GetElapsedTime(started).TotalSeconds;
        var interval = DiscoveryCount < FirstDiscoveries ? FirstIntervalSeconds : _services.Options.Workloads.DiscoveryIntervalSeconds;
        var wait = Math.Max(interval, took / _services.Options.Workloads.MaxDiscoveryRatio);

        // A little early, so that a tick that comes a hair before the time does not wait for another.
        _nextDiscovery = started + (long)((wait - 0.05) * clock.TimestampFrequency);
        Report();
    }

    private void Take(IReadOnlyList<FoundWorkload> found)
    {
        DiscoveryCount++;
        var present = found.Select(workload => workload.Identity.Key).ToHashSet();
        foreach (var (key, workload) in _byKey)
        {
            if (!present.Contains(key))
            {
                workload.Dispose();
                _services.Entities.Remove(workload.Entity);
                _byKey.Remove(key);
            }
        }

        foreach (var workload in found)
        {
            Take(workload);
        }

        Workloads = [.. _byKey.Values];
    }

    private void Take(FoundWorkload found)
    {
        var identity = found.Identity;
        var entity = _services.Entities.GetOrAdd(EntityKind.Workload, identity.Key, identity.Name, null, identity.Attributes);
        if (entity.Descriptor.Name != identity.Name || !AreEqual(entity.Descriptor.Attributes, identity.Attributes))
        {
            _services.Entities.Describe(entity, identity.Name, identity.Attributes);
        }

        if (_byKey.TryGetValue(identity.Key, out var known) && !known.IsStale && known.Found.Identity.CgroupPath == identity.CgroupPath)
        {
            known.Update(found);
            return;
        }

        known?.Dispose();
        _byKey[identity.Key] = new MeasuredWorkload(_instruments, found, entity);
    }

    private static bool AreEqual(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        ReferenceEquals(left, right) || (left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value));

    private void Report()
    {
        if (_discovery.OmittedCount != _omitted)
        {
            _omitted = _discovery.OmittedCount;
            LogOmitted(_services.Log, Workloads.Count, _omitted, _services.Options.Workloads.MaxWorkloads);
        }

        if (_discovery.IsTruncated && !_truncated)
        {
            LogTruncated(_services.Log, _services.Options.Workloads.MaxCgroups);
        }

        _truncated = _discovery.IsTruncated;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Measuring the {Count} busiest workloads; {Omitted} more are left out (workloads.maxWorkloads is {Limit})")]
    private static partial void LogOmitted(ILogger log, int count, int omitted, int limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There are more than {Limit} cgroups; the rest are not looked at (workloads.maxCgroups)")]
    private static partial void LogTruncated(ILogger log, int limit);
}
