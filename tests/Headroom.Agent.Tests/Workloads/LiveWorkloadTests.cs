using System.Diagnostics;
using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Agent.Configuration;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Perf;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Agent.Tests.Workloads;

/// <summary>On the machine the tests run on, where that is permitted.</summary>
public sealed class LiveWorkloadTests : IDisposable
{
    private readonly string _cgroup = $"/headroom-test-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
    private readonly List<string> _folders = [];
    private Process? _busy;

    public void Dispose()
    {
        _busy?.Kill();
        _busy?.WaitForExit(5000);
        foreach (var folder in _folders)
        {
            // The kernel lets a cgroup go a moment after its last process.
            for (var attempt = 0; attempt < 50 && Directory.Exists(folder); attempt++)
            {
                try
                {
                    Directory.Delete(folder);
                }
                catch (IOException)
                {
                    Thread.Sleep(20);
                }
            }
        }

        _busy?.Dispose();
    }

    [Fact]
    public async Task A_busy_process_in_a_real_cgroup_shows_its_cpu_time_and_events()
    {
        var files = new KernelFiles(new LinuxFileSystem());
        var mounts = Headroom.Agent.Workloads.Cgroups.CgroupMounts.Read(files);
        Assert.SkipUnless(TryMakeCgroups(mounts), "cgroups cannot be made here");
        StartBusy();

        var options = new WorkloadOptions { BusiestPrograms = 0, DisabledPatterns = ["systemd"], Cgroups = new Dictionary<string, string> { ["busy"] = $"^{_cgroup}$" } };
        var (runner, entities) = Collectors(files, options);
        await RunFor(runner, 3);

        var sample = entities.Samples().Single(candidate => entities.Descriptors.Single(descriptor => descriptor.LocalId == candidate.LocalId).Name == "busy");
        var usage = sample.Values[WorkloadMetric.Ordinal("container.cpu.usage")];
        Assert.NotNull(usage);
        Assert.InRange(usage.Value, 0.02f, 1.2f);
        Assert.Equal(1, sample.Values[WorkloadMetric.Ordinal("container.process.count")]);
        Assert.NotNull(sample.Values[WorkloadMetric.Ordinal("container.cpu.run_queue.wait")]);
        Assert.NotNull(sample.Values[WorkloadMetric.Ordinal("process.context_switches.involuntary")]);
        Assert.Empty(runner.Problems);

        Assert.SkipUnless(PerfSupport.Probe(files, new LinuxPerfEvents()).Events.Any(perfEvent => perfEvent.Name == "perf.task_clock"), "perf_event_open is refused here");
        Assert.InRange(sample.Values[WorkloadMetric.Ordinal("perf.task_clock")]!.Value, usage.Value / 2, usage.Value * 2);
        Assert.NotNull(sample.Values[WorkloadMetric.Ordinal("perf.context_switches")]);
    }

    [Fact]
    public async Task A_busy_process_group_shows_its_cpu_time_and_events()
    {
        var files = new KernelFiles(new LinuxFileSystem());
        Assert.SkipUnless(Directory.Exists("/proc/self/task"), "there is no procfs here");
        StartBusy();

        var options = new WorkloadOptions { DisabledPatterns = ["systemd"], ProcessGroups = new Dictionary<string, string> { ["busy"] = $"headroom-busy-{Environment.ProcessId}" } };
        var (runner, entities) = Collectors(files, options);
        await RunFor(runner, 3);

        var sample = entities.Samples().Single(candidate => entities.Descriptors.Single(descriptor => descriptor.LocalId == candidate.LocalId).Name == "busy");
        Assert.InRange(sample.Values[WorkloadMetric.Ordinal("container.cpu.usage")]!.Value, 0.02f, 1.2f);
        Assert.InRange(sample.Values[WorkloadMetric.Ordinal("container.memory.usage")]!.Value, 100_000, 50_000_000);
        Assert.SkipUnless(PerfSupport.Probe(files, new LinuxPerfEvents()).Events.Any(perfEvent => perfEvent.Name == "perf.task_clock"), "perf_event_open is refused here");
        Assert.InRange(sample.Values[WorkloadMetric.Ordinal("perf.task_clock")]!.Value, 0.02f, 1.2f);
    }

    private static (CollectorRunner Runner, EntityRegistry Entities) Collectors(KernelFiles files, WorkloadOptions options)
    {
        var entities = new EntityRegistry(MetricCatalogue.Current, "host", new Dictionary<string, string>());
        var services = new CollectorServices(files, entities, new AgentOptions { Workloads = options }, TimeProvider.System, NullLogger.Instance);
        return (new CollectorRunner([.. WorkloadCollectors.Create(services)], entities, TimeProvider.System, NullLogger.Instance), entities);
    }

    private static async Task RunFor(CollectorRunner runner, int ticks)
    {
        for (var tick = 0; tick < ticks; tick++)
        {
            runner.Run(TimeProvider.System.GetUtcNow());
            await Task.Delay(TimeSpan.FromSeconds(0.7), TestContext.Current.CancellationToken);
        }

        runner.Run(TimeProvider.System.GetUtcNow());
    }

    private bool TryMakeCgroups(Headroom.Agent.Workloads.Cgroups.CgroupMounts mounts)
    {
        foreach (var root in new[] { mounts.V2, mounts.V1("cpuacct"), mounts.V1("memory"), mounts.V1("cpu") }.OfType<string>().Distinct())
        {
            try
            {
                Directory.CreateDirectory(root + _cgroup);
                _folders.Add(root + _cgroup);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        return _folders.Count > 0;
    }

    /// <summary>A shell that enters the cgroups, then spins; its name is in its arguments.</summary>
    private void StartBusy()
    {
        var enter = string.Concat(_folders.Select(folder => $"echo $$ > {folder}/cgroup.procs; "));
        _busy = Process.Start("/bin/sh", ["-c", $"{enter}while :; do :; done", $"headroom-busy-{Environment.ProcessId}"]);
    }
}
