using Headroom.Agent.Collecting;
using Headroom.Agent.Configuration;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Perf;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Headroom.Agent.Tests.Workloads;

/// <summary>The workload collectors on some machine's files, ticked by hand.</summary>
internal sealed class WorkloadBench
{
    private readonly FakeTimeProvider _clock = new();
    private readonly EntityRegistry _entities = new(MetricCatalogue.Current, "host", new Dictionary<string, string>());
    private readonly CollectorRunner _runner;

    public WorkloadBench(string root, WorkloadOptions? options = null, IPerfEvents? perf = null)
    {
        var settings = new AgentOptions { Root = root, Workloads = options ?? new WorkloadOptions { BusiestPrograms = 0 } };
        var services = new CollectorServices(new KernelFiles(new LinuxFileSystem(root)), _entities, settings, _clock, NullLogger.Instance);
        var set = new WorkloadSet(services);
        List<ICollector> collectors = [new WorkloadCollector(set)];
        if (perf is not null)
        {
            collectors.Add(new PerfCollector(services, set, perf));
        }

        _runner = new CollectorRunner(collectors, _entities, _clock, NullLogger.Instance);
    }

    public IReadOnlyList<EntityDescriptor> Workloads => [.. _entities.Descriptors.Where(entity => entity.Kind == EntityKind.Workload)];

    public IReadOnlyList<string> Problems => [.. _runner.Problems];

    /// <summary>Names of the workloads that got values in the last tick.</summary>
    public IReadOnlyList<string> Measured => [.. Workloads.Where(workload => _entities.Samples().Any(sample => sample.LocalId == workload.LocalId)).Select(workload => workload.Name)];

    public void Tick(double seconds = 1)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _runner.Run(_clock.GetUtcNow());
    }

    /// <summary>A value of the last tick, or null where it is missing.</summary>
    public double? Value(string workload, string metric)
    {
        var descriptor = Workloads.Single(candidate => candidate.Name == workload);
        var sample = _entities.Samples().SingleOrDefault(candidate => candidate.LocalId == descriptor.LocalId);
        return sample?.Values[WorkloadMetric.Ordinal(metric)];
    }
}
