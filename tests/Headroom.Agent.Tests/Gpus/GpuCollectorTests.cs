using Headroom.Agent.Gpus;
using Headroom.Agent.Tests.Host;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Gpus;

/// <summary>The collector against a C library with NVML's interface.</summary>
public sealed class GpuCollectorTests : IDisposable
{
    private readonly FakeNvml _library = new();
    private readonly MeasuredMachine _machine;
    private GpuCollector? _collector;

    public GpuCollectorTests()
    {
        _machine = new MeasuredMachine(services => _collector = new GpuCollector(services with
        {
            Options = services.Options with { Host = services.Options.Host with { NvmlLibrary = _library.Path } },
        }));
        _machine.Write("/proc/41/comm", "train\n");
        _machine.Write("/proc/41/cgroup", "0::/system.slice/train.service\n");
        Pass();
        Pass();
    }

    public void Dispose()
    {
        _machine.Dispose();
        _library.Dispose();
    }

    [Fact]
    public void Numbers_come_in_the_catalogues_units()
    {
        Assert.Equal(0.87f, Gpu("hw.gpu.utilization"));
        Assert.Equal(0.41f, Gpu("hw.gpu.utilization.memory_copy"));
        Assert.Equal(412.5f, Gpu("hw.gpu.power"));
        Assert.Equal(433f, Gpu("hw.gpu.power.instant"));
        Assert.Equal(63f, Gpu("hw.gpu.temperature"));
        Assert.Equal(89f, Gpu("hw.gpu.temperature.limit.slowdown"));
        Assert.Equal(92f, Gpu("hw.gpu.temperature.limit.shutdown"));
        Assert.Equal(71f, Gpu("hw.gpu.temperature.memory"));
        Assert.Equal(1.001e9f, Gpu("hw.gpu.clock.sm"));
        Assert.Equal(200f, Gpu("hw.gpu.power.limit.min"));
        Assert.Equal(250f, Gpu("hw.gpu.memory.usage"));
        Assert.Equal(0.25f, Gpu("hw.gpu.memory.utilization"));
        Assert.Equal(0f, Gpu("hw.gpu.performance_state"));
        Assert.Equal(3f, Gpu("hw.gpu.nvlink.active"));
        Assert.Equal(12f, Gpu("hw.gpu.errors.ecc.uncorrected.lifetime"));
        Assert.Equal(2f, Gpu("hw.gpu.rows.remapped.uncorrected"));
        Assert.Equal(1f, Gpu("hw.gpu.rows.remapping_pending"));
    }

    [Fact]
    public void Counters_become_rates()
    {
        Assert.Equal(350f, Gpu("hw.gpu.power.mean"));
        Assert.Equal(0.25f, Gpu("hw.gpu.violation.power"));
        Assert.Equal(2f, Gpu("hw.gpu.pcie.replays"));
    }

    [Fact]
    public void Reasons_for_throttling_are_told_apart_also_by_a_driver_that_knows_the_old_name_only()
    {
        Assert.Equal(1f, Gpu("hw.gpu.throttle.power_cap"));
        Assert.Equal(1f, Gpu("hw.gpu.throttle.thermal_software"));
        Assert.Equal(0f, Gpu("hw.gpu.throttle.thermal_hardware"));
    }

    [Fact]
    public void The_performance_monitor_tells_pipes_and_links_from_the_second_sample_on()
    {
        Assert.Equal(0.02f, Gpu("hw.gpu.sm.active"));
        Assert.Equal(0.05f, Gpu("hw.gpu.pipe.tensor"));
        Assert.Equal(0.10f, Gpu("hw.gpu.memory.bandwidth.utilization"));

        // The monitor's rate, not the byte counter's, which grows by 3.5 million.
        Assert.Equal(20 * 1048576f, Gpu("hw.gpu.io.pcie.transmit"));
        Assert.Equal(60 * 1048576f, Gpu("hw.gpu.io.nvlink.receive"));
        Assert.Null(Gpu("hw.gpu.io.nvlink.transmit"));
    }

    [Fact]
    public void Sentinels_and_refusals_are_missing_and_told()
    {
        foreach (var metric in MetricCatalogue.Current.For(EntityKind.Gpu))
        {
            Assert.Null(_machine.Value(EntityKind.Gpu, "GPU-small", metric.Name) is { } value && metric.Name != "hw.gpu.io.pcie.transmit" ? $"{metric.Name} = {value}" : null);
        }

        Assert.Contains("Fake Small #1: nvmlDeviceGetUtilizationRates answered NotSupported", _collector!.Absences);
        Assert.Contains("Fake H200 #0: nvmlDeviceGetFanSpeed answered FunctionNotFound", _collector.Absences);
    }

    [Fact]
    public void Where_there_is_no_performance_monitor_byte_counters_give_the_rate() =>
        Assert.Equal(3_500_000f, _machine.Value(EntityKind.Gpu, "GPU-small", "hw.gpu.io.pcie.transmit"));

    [Fact]
    public void Processes_have_memory_and_shares_and_belong_to_their_gpu()
    {
        var process = _machine.Entities.Find(EntityKind.GpuProcess, "GPU-full/41")!.Descriptor;
        Assert.Equal("train", process.Name);
        Assert.Equal("GPU-full", process.ParentKey);
        Assert.Equal("/system.slice/train.service", process.Attributes["process.linux.cgroup"]);
        Assert.Equal(2f, Gpu("hw.gpu.processes"));
        Assert.Equal(200f, Process(41, "hw.gpu.process.memory.usage"));
        Assert.Equal(0.2f, Process(41, "hw.gpu.process.memory.share"));
        Assert.Null(Process(42, "hw.gpu.process.memory.usage"));
    }

    [Fact]
    public void A_process_without_new_samples_had_no_time_on_the_gpu()
    {
        using var machine = new MeasuredMachine(services => new GpuCollector(services with
        {
            Options = services.Options with { Host = services.Options.Host with { NvmlLibrary = _library.Path } },
        }));
        machine.Tick();
        Assert.Equal(0.7f, machine.Value(EntityKind.GpuProcess, "GPU-full/41", "hw.gpu.process.utilization.sm"));
        Assert.Equal(0.4f, machine.Value(EntityKind.GpuProcess, "GPU-full/41", "hw.gpu.process.utilization.memory"));
        Assert.Equal(0.05f, machine.Value(EntityKind.GpuProcess, "GPU-full/42", "hw.gpu.process.utilization.sm"));
        Assert.Null(machine.Value(EntityKind.GpuProcess, "GPU-full/42", "hw.gpu.process.utilization.memory"));
        machine.Tick();
        Assert.Equal(0f, machine.Value(EntityKind.GpuProcess, "GPU-full/41", "hw.gpu.process.utilization.sm"));
    }

    [Fact]
    public void A_process_that_ended_is_forgotten()
    {
        _library.Do("fake_end_a_process");
        Pass();

        Assert.Null(_machine.Entities.Find(EntityKind.GpuProcess, "GPU-full/42"));
        Assert.Equal(1f, Gpu("hw.gpu.processes"));
    }

    [Fact]
    public void The_last_critical_error_stays_on_show()
    {
        Assert.Equal(0f, Gpu("hw.gpu.errors.xid"));
        _library.Do("fake_raise_xid");
        Pass();
        Pass();
        Assert.Equal(79f, Gpu("hw.gpu.errors.xid"));
    }

    [Fact]
    public void Without_the_library_there_are_no_gpus_and_a_reason()
    {
        GpuCollector? collector = null;
        using var machine = new MeasuredMachine(services => collector = new GpuCollector(services with
        {
            Options = services.Options with { Host = services.Options.Host with { NvmlLibrary = "libnot-there.so.1" } },
        }));
        machine.Tick();

        Assert.Equal("libnot-there.so.1 cannot be loaded: there is no NVIDIA driver on this machine", Assert.Single(collector!.Absences));
        Assert.Empty(machine.Entities.Samples());
        Assert.Empty(machine.Problems);
    }

    private void Pass()
    {
        _library.Do("fake_pass_a_second");
        _machine.Tick();
    }

    private float? Gpu(string metric) => _machine.Value(EntityKind.Gpu, "GPU-full", metric);

    private float? Process(int pid, string metric) => _machine.Value(EntityKind.GpuProcess, $"GPU-full/{pid}", metric);
}
