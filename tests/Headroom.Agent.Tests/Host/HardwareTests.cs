using Headroom.Agent.Hardware;
using Headroom.Agent.Processors;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Host;

/// <summary>Sources that the recorded machine does not have, in the form that the kernel's documentation gives them.</summary>
public sealed class HardwareTests
{
    [Fact]
    public void Power_is_the_increase_of_the_packages_energy_counters()
    {
        using var machine = new MeasuredMachine(services => new PowerCollector(services));
        Zone(machine, "intel-rapl:0", "package-0", 1_000_000);
        Zone(machine, "intel-rapl:1", "package-1", 5_000_000);
        Zone(machine, "intel-rapl:0:0", "dram", 7_000_000);
        Zone(machine, "intel-rapl-mmio:0", "package-0", 1_000_000);
        machine.Tick();
        Zone(machine, "intel-rapl:0", "package-0", 61_000_000);
        Zone(machine, "intel-rapl:1", "package-1", 45_000_000);
        Zone(machine, "intel-rapl:0:0", "dram", 17_000_000);
        machine.Tick(2);

        Assert.Equal(50f, machine.Host("hw.power.cpu.package"));
        Assert.Equal(5f, machine.Host("hw.power.memory"));
        Assert.Equal(500f, machine.Host("hw.power.cpu.package.limit"));
        Assert.Null(machine.Host("hw.power.cpu.core"));
    }

    [Fact]
    public void An_energy_counter_that_wraps_around_gives_no_power_at_that_tick()
    {
        using var machine = new MeasuredMachine(services => new PowerCollector(services));
        Zone(machine, "intel-rapl:0", "package-0", 262_143_000_000);
        machine.Tick();
        Zone(machine, "intel-rapl:0", "package-0", 20_000_000);
        machine.Tick();
        Assert.Null(machine.Host("hw.power.cpu.package"));

        Zone(machine, "intel-rapl:0", "package-0", 90_000_000);
        machine.Tick();
        Assert.Equal(70f, machine.Host("hw.power.cpu.package"));
    }

    [Fact]
    public void Temperatures_leave_out_sensors_that_are_not_connected()
    {
        using var machine = new MeasuredMachine(services => new TemperatureCollector(services));
        machine.Write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
        machine.Write("/sys/class/hwmon/hwmon0/temp1_input", "61000\n");
        machine.Write("/sys/class/hwmon/hwmon1/name", "nvme\n");
        machine.Write("/sys/class/hwmon/hwmon1/temp1_input", "71000\n");
        machine.Write("/sys/class/hwmon/hwmon1/temp2_input", "-273150\n");
        machine.Write("/sys/class/hwmon/hwmon1/temp3_input", "255000\n");
        machine.Write("/sys/class/hwmon/hwmon2/fan1_input", "4200\n");
        machine.Write("/sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
        machine.Write("/sys/class/thermal/thermal_zone0/temp", "99000\n");
        machine.Tick();

        Assert.Equal(71f, machine.Host("hw.temperature.max"));
        Assert.Equal(66f, machine.Host("hw.temperature.mean"));
        Assert.Equal(61f, machine.Host("hw.temperature.cpu"));
        Assert.Equal(4200f, machine.Host("hw.fan.speed.max"));
        Assert.Null(machine.Host("hw.host.power"));
    }

    [Fact]
    public void Cache_occupancy_is_summed_over_the_caches_and_missing_while_one_is_unavailable()
    {
        using var machine = new MeasuredMachine(services => new CacheMonitorCollector(services));
        Cache(machine, "00", "1000", "10000", "8000");
        Cache(machine, "01", "2000", "20000", "9000");
        machine.Tick();
        Cache(machine, "00", "1500", "14000", "8000");
        Cache(machine, "01", "2500", "26000", "Unavailable");
        machine.Tick(2);

        Assert.Equal(4000f, machine.Host("hw.cpu.cache.l3.occupancy"));
        Assert.Equal(5000f, machine.Host("hw.memory.bandwidth.total"));
        Assert.Null(machine.Host("hw.memory.bandwidth.local"));
    }

    [Fact]
    public void Waiting_in_run_queues_is_told_per_cpu_and_for_the_host()
    {
        using var machine = new MeasuredMachine(services => new CpuCollector(services), services => new SchedulingCollector(services));
        machine.Write("/proc/stat", "cpu  1 0 1 1\ncpu0 1 0 1 1\ncpu1 1 0 1 1\n");
        machine.Write("/proc/schedstat", "version 15\ntimestamp 1\ncpu0 0 0 0 0 0 0 1000000000 500000000 100\ndomain0 3 1 2\ncpu1 0 0 0 0 0 0 0 0 0\n");
        machine.Tick();
        machine.Write("/proc/schedstat", "version 15\ntimestamp 1\ncpu0 0 0 0 0 0 0 2000000000 1500000000 300\ndomain0 3 1 2\ncpu1 0 0 0 0 0 0 500000000 0 0\n");
        machine.Tick();

        Assert.Equal(1f, machine.Value(EntityKind.Cpu, "cpu0", "system.cpu.run_queue.wait"));
        Assert.Equal(0.005f, machine.Value(EntityKind.Cpu, "cpu0", "system.cpu.run_queue.latency"));
        Assert.Null(machine.Value(EntityKind.Cpu, "cpu1", "system.cpu.run_queue.latency"));
        Assert.Equal(1.5f, machine.Host("system.cpu.run_queue.run"));
        Assert.Equal(200f, machine.Host("system.cpu.run_queue.timeslices"));
    }

    [Fact]
    public void Frequency_and_throttling_come_from_every_cpu()
    {
        using var machine = new MeasuredMachine(services => new FrequencyCollector(services));
        Cpu(machine, 0, 1_000_000, 4);
        Cpu(machine, 1, 3_000_000, 6);
        machine.Tick();
        Cpu(machine, 0, 1_000_000, 5);
        Cpu(machine, 1, 3_500_000, 8);
        machine.Tick();

        Assert.Equal(2.25e9f, machine.Host("system.cpu.frequency.mean"));
        Assert.Equal(3.5e9f, machine.Host("system.cpu.frequency.max"));
        Assert.Equal(3f, machine.Host("system.cpu.throttle.core"));
        Assert.Equal(2f, machine.Value(EntityKind.Cpu, "cpu1", "system.cpu.throttle.core"));
    }

    private static void Zone(MeasuredMachine machine, string zone, string name, long microjoules)
    {
        machine.Write($"/sys/class/powercap/{zone}/name", name + "\n");
        machine.Write($"/sys/class/powercap/{zone}/energy_uj", $"{microjoules}\n");
        machine.Write($"/sys/class/powercap/{zone}/constraint_0_power_limit_uw", "250000000\n");
    }

    private static void Cache(MeasuredMachine machine, string cache, string occupancy, string total, string local)
    {
        machine.Write($"/sys/fs/resctrl/mon_data/mon_L3_{cache}/llc_occupancy", occupancy + "\n");
        machine.Write($"/sys/fs/resctrl/mon_data/mon_L3_{cache}/mbm_total_bytes", total + "\n");
        machine.Write($"/sys/fs/resctrl/mon_data/mon_L3_{cache}/mbm_local_bytes", local + "\n");
    }

    private static void Cpu(MeasuredMachine machine, int number, int kilohertz, int throttled)
    {
        machine.Write($"/sys/devices/system/cpu/cpu{number}/cpufreq/scaling_cur_freq", $"{kilohertz}\n");
        machine.Write($"/sys/devices/system/cpu/cpu{number}/thermal_throttle/core_throttle_count", $"{throttled}\n");
        machine.Write($"/sys/devices/system/cpu/cpu{number}/thermal_throttle/package_throttle_count", "0\n");
    }
}
