using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Tests.Mapping;

public sealed class GpuAndContainerTests
{
    private const string Gpu = "gpu=0,UUID=GPU-1,modelName=NVIDIA H100,Hostname=box";
    private readonly MappedSender _sender = new();

    [Fact]
    public void Dcgm_values_get_the_units_of_the_catalogue()
    {
        for (var second = -2; second <= -1; second++)
        {
            _sender.Prometheus(
                second, $"DCGM_FI_DEV_GPU_UTIL{{{Gpu}}} 75", $"DCGM_FI_DEV_FB_USED{{{Gpu}}} 20", $"DCGM_FI_DEV_FB_FREE{{{Gpu}}} 60", $"DCGM_FI_DEV_FB_RESERVED{{{Gpu}}} 0",
                $"DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{{{Gpu}}} {5_000_000 + (350_000 * (second + 2))}", $"DCGM_FI_DEV_SM_CLOCK{{{Gpu}}} 1980", $"DCGM_FI_PROF_SM_ACTIVE{{{Gpu}}} 0.5");
        }

        Assert.Equal(0.75f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.utilization"]);
        Assert.Equal(20f * 1024 * 1024, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.memory.usage"]);
        Assert.Equal(0.25f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.memory.utilization"]);
        Assert.Equal(350f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.power.mean"]);
        Assert.Equal(1.98e9f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.clock.sm"]);
        Assert.Equal(0.5f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.sm.active"]);
    }

    [Fact]
    public void Blank_values_of_dcgm_are_missing_and_parts_of_a_split_gpu_are_left_out()
    {
        _sender.Prometheus(
            -1, $"DCGM_FI_DEV_POWER_USAGE{{{Gpu}}} 140737488355328", $"DCGM_FI_DEV_MEM_COPY_UTIL{{{Gpu}}} 2147483632", $"DCGM_FI_DEV_GPU_TEMP{{{Gpu}}} 40",
            $"DCGM_FI_PROF_SM_ACTIVE{{{Gpu},GPU_I_ID=3}} 0.9");
        Assert.Null(_sender[EntityKind.Gpu, "GPU-1", "hw.gpu.power"]);
        Assert.Null(_sender[EntityKind.Gpu, "GPU-1", "hw.gpu.utilization.memory_copy"]);
        Assert.Equal(40f, _sender[EntityKind.Gpu, "GPU-1", "hw.gpu.temperature"]);
        Assert.Null(_sender[EntityKind.Gpu, "GPU-1", "hw.gpu.sm.active"]);
        Assert.Equal(1, _sender.Unmapped);
    }

    [Fact]
    public void Cadvisor_names_containers_and_leaves_the_root_and_pause_containers_out()
    {
        for (var second = -2; second <= -1; second++)
        {
            _sender.Prometheus(
                second, $"container_cpu_usage_seconds_total{{id=/kubepods/pod1/a,pod=web,namespace=shop,container=nginx,cpu=total}} {1.5 * (second + 2)}",
                "container_memory_working_set_bytes{id=/kubepods/pod1/a,pod=web,namespace=shop,container=nginx} 4096", "container_spec_memory_limit_bytes{id=/kubepods/pod1/a,pod=web,namespace=shop,container=nginx} 0",
                "container_spec_cpu_quota{id=/kubepods/pod1/a,pod=web,namespace=shop,container=nginx} 50000", "container_spec_cpu_period{id=/kubepods/pod1/a,pod=web,namespace=shop,container=nginx} 100000",
                "container_memory_working_set_bytes{id=/} 9999", "container_memory_working_set_bytes{id=/kubepods/pod1/b,pod=web,namespace=shop,container=POD} 1");
        }

        Assert.Equal(["Workload /kubepods/pod1/a"], _sender.Entities);
        Assert.Equal(1.5f, _sender[EntityKind.Workload, "/kubepods/pod1/a", "container.cpu.usage"]);
        Assert.Equal(0.5f, _sender[EntityKind.Workload, "/kubepods/pod1/a", "container.cpu.limit"]);
        Assert.Null(_sender[EntityKind.Workload, "/kubepods/pod1/a", "container.memory.limit"]);
    }
}
