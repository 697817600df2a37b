using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Tests.Mapping;

public sealed class NodeExporterTests
{
    private readonly MappedSender _sender = new();

    [Fact]
    public void Seconds_of_cpu_time_become_shares_of_each_cpu_and_of_the_host()
    {
        for (var second = -2; second <= -1; second++)
        {
            var passed = second + 2;
            _sender.Prometheus(
                second,
                $"node_cpu_seconds_total{{cpu=0,mode=user}} {10 + (0.5 * passed)}", $"node_cpu_seconds_total{{cpu=0,mode=system}} {5 + (0.25 * passed)}",
                $"node_cpu_seconds_total{{cpu=0,mode=idle}} {100 + (0.25 * passed)}", $"node_cpu_guest_seconds_total{{cpu=0,mode=user}} {0.125 * passed}",
                $"node_cpu_seconds_total{{cpu=1,mode=user}} 7", $"node_cpu_seconds_total{{cpu=1,mode=system}} 7",
                $"node_cpu_seconds_total{{cpu=1,mode=idle}} {100 + (1.0 * passed)}", "node_cpu_guest_seconds_total{cpu=1,mode=user} 0");
        }

        Assert.Equal(0.75f, _sender[EntityKind.Cpu, "cpu0", "system.cpu.utilization"]);
        Assert.Equal(0.375f, _sender[EntityKind.Cpu, "cpu0", "system.cpu.utilization.user"]);
        Assert.Equal(0.125f, _sender[EntityKind.Cpu, "cpu0", "system.cpu.utilization.guest"]);
        Assert.Equal(0f, _sender[EntityKind.Cpu, "cpu1", "system.cpu.utilization"]);
        Assert.Equal(0.375f, _sender.Host("system.cpu.utilization"));
        Assert.Equal(0.25f, _sender.Host("system.cpu.utilization.user"));
        Assert.Equal(0.625f, _sender.Host("system.cpu.utilization.idle"));
        Assert.Equal(2f, _sender.Host("system.cpu.logical.count"));
        Assert.Equal(0, _sender.Unmapped);
    }

    [Fact]
    public void Memory_in_use_is_what_the_kernel_does_not_call_free_or_cache()
    {
        _sender.Prometheus(
            -1, "node_memory_MemTotal_bytes 1000", "node_memory_MemAvailable_bytes 600", "node_memory_MemFree_bytes 300", "node_memory_Buffers_bytes 50",
            "node_memory_Cached_bytes 200", "node_memory_SReclaimable_bytes 40", "node_memory_Committed_AS_bytes 1500", "node_memory_SwapTotal_bytes 64", "node_memory_SwapFree_bytes 60");
        Assert.Equal(410f, _sender.Host("system.memory.usage.used"));
        Assert.Equal(0.4f, _sender.Host("system.memory.utilization"));
        Assert.Equal(1.5f, _sender.Host("system.memory.commit_ratio"));
        Assert.Equal(4f, _sender.Host("system.paging.usage.used"));
    }

    [Fact]
    public void Disks_have_latencies_and_the_host_counts_only_the_physical_ones()
    {
        for (var second = -2; second <= -1; second++)
        {
            var passed = second + 2;
            foreach (var (device, factor) in new[] { ("vda", 1), ("vdb", 3), ("dm-0", 1), ("vda1", 1) })
            {
                _sender.Prometheus(
                    second, $"node_disk_read_bytes_total{{device={device}}} {4096 * passed * factor}", $"node_disk_written_bytes_total{{device={device}}} 0",
                    $"node_disk_reads_completed_total{{device={device}}} {2 * passed * factor}", $"node_disk_writes_completed_total{{device={device}}} 0",
                    $"node_disk_read_time_seconds_total{{device={device}}} {0.5 * passed}", $"node_disk_io_time_seconds_total{{device={device}}} {0.25 * passed * factor}");
            }
        }

        Assert.Equal(0.25f, _sender[EntityKind.Disk, "vda", "system.disk.latency.read"]);
        Assert.Equal(2048f, _sender[EntityKind.Disk, "vda", "system.disk.request_size"]);
        Assert.Null(_sender[EntityKind.Disk, "vda", "system.disk.latency.write"]);
        Assert.Equal(4096f, _sender[EntityKind.Disk, "dm-0", "system.disk.io.read"]);
        Assert.Equal(4 * 4096f, _sender.Host("system.disk.io.read"));
        Assert.Equal(0.125f, _sender.Host("system.disk.latency.read"));
        Assert.Equal(0.5f, _sender.Host("system.disk.io_time"));
        Assert.Equal(0.75f, _sender.Host("system.disk.utilization.busiest"));
        Assert.DoesNotContain("Disk vda1", _sender.Entities);
    }

    [Fact]
    public void A_filesystem_mounted_twice_counts_once()
    {
        foreach (var mount in new[] { "/", "/var/lib/kubelet" })
        {
            _sender.Prometheus(-1, $"node_filesystem_size_bytes{{device=/dev/vda1,mountpoint={mount}}} 100", $"node_filesystem_free_bytes{{device=/dev/vda1,mountpoint={mount}}} 30");
        }

        _sender.Prometheus(-1, "node_filesystem_size_bytes{device=/dev/vdb,mountpoint=/data} 1000", "node_filesystem_free_bytes{device=/dev/vdb,mountpoint=/data} 900", "node_filesystem_size_bytes{device=tmpfs,mountpoint=/run} 5");
        Assert.Equal(1100f, _sender.Host("system.filesystem.limit"));
        Assert.Equal(170f, _sender.Host("system.filesystem.usage.used"));
    }

    [Fact]
    public void A_counter_that_starts_again_gives_no_value_and_never_a_negative_one()
    {
        _sender.Prometheus(-3, "node_context_switches_total 1000");
        _sender.Prometheus(-2, "node_context_switches_total 10");
        Assert.Null(_sender.Host("system.cpu.context_switches"));
        _sender.Prometheus(-1, "node_context_switches_total 35");
        Assert.Equal(25f, _sender.Host("system.cpu.context_switches"));
    }

    [Fact]
    public void Interfaces_have_their_own_rows_and_a_speed_the_driver_does_not_know_is_missing()
    {
        for (var second = -2; second <= -1; second++)
        {
            foreach (var device in new[] { "eth0", "eth1", "docker0", "lo" })
            {
                _sender.Prometheus(second, $"node_network_receive_bytes_total{{device={device}}} {1000 * (second + 2)}");
            }
        }

        _sender.Prometheus(-1, "node_network_speed_bytes{device=eth0} 125000000", "node_network_speed_bytes{device=eth1} -125000");
        Assert.Equal(1000f, _sender[EntityKind.NetworkInterface, "docker0", "system.network.io.receive"]);
        Assert.Equal(2000f, _sender.Host("system.network.io.receive"));
        Assert.Equal(1e9f, _sender[EntityKind.NetworkInterface, "eth0", "system.network.bandwidth.limit"]);
        Assert.Null(_sender[EntityKind.NetworkInterface, "eth1", "system.network.bandwidth.limit"]);
    }

    [Fact]
    public void What_the_catalogue_has_no_place_for_is_counted_as_unmapped()
    {
        _sender.Prometheus(-1, "node_entropy_available_bits 256", "go_goroutines 8", "node_load1 0.5");
        Assert.Equal(2, _sender.Unmapped);
        Assert.Equal(0.5f, _sender.Host("system.linux.load.1m"));
    }
}
