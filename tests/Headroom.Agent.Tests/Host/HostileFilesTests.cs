using FsCheck;
using FsCheck.Fluent;
using Headroom.Agent.Collecting;
using Headroom.Agent.Processors;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Host;

/// <summary>Whatever a file holds, collectors neither fail nor invent: what cannot be read is missing and said once.</summary>
public sealed class HostileFilesTests
{
    private static readonly string[] Files =
    [
        "/proc/stat", "/proc/loadavg", "/proc/meminfo", "/proc/vmstat", "/proc/diskstats", "/proc/net/dev", "/proc/net/snmp", "/proc/net/netstat",
        "/proc/net/softnet_stat", "/proc/net/sockstat", "/proc/pressure/cpu", "/proc/uptime", "/proc/sys/fs/file-nr", "/sys/devices/system/node/node0/meminfo",
    ];

    [Theory]
    [MemberData(nameof(EachFile))]
    public void A_file_cut_off_anywhere_fails_no_collector(string file)
    {
        using var machine = AllCollectors();
        machine.Load("first");
        machine.Tick();
        var whole = File.ReadAllBytes(machine.Root + file);
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 60))
        {
            machine.Write(file, whole.AsSpan(0, length));
            machine.Tick();

            Assert.DoesNotContain(machine.Log.Lines, line => line.Contains("failed", StringComparison.Ordinal));
            AssertLaws(machine);
        }
    }

    [Fact]
    public void Damaged_bytes_fail_no_collector_and_break_no_law() => Prop
        .ForAll(
            Gen.Elements(Files).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).Select(value => (double)value / int.MaxValue).ToArbitrary(),
            Gen.Elements("-"u8.ToArray(), "99999999999999999999999"u8.ToArray(), "\n"u8.ToArray(), ":"u8.ToArray(), [0xFF], [0]).ToArbitrary(),
            (file, place, damage) =>
            {
                using var machine = AllCollectors();
                machine.Load("first");
                machine.Tick();
                machine.Load("second");
                var content = File.ReadAllBytes(machine.Root + file).ToList();
                content.InsertRange((int)(place * content.Count), damage);
                machine.Write(file, content.ToArray());
                machine.Tick();
                Assert.DoesNotContain(machine.Log.Lines, line => line.Contains("failed", StringComparison.Ordinal));
                AssertLaws(machine);
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void A_reset_of_every_counter_gives_missing_rates()
    {
        using var machine = AllCollectors();
        machine.Load("second");
        machine.Tick();
        machine.Load("first");
        machine.Tick();

        AssertLaws(machine);
        Assert.Null(machine.Host("system.cpu.context_switches"));
        Assert.Null(machine.Host("system.paging.io.out"));
        Assert.Null(machine.Value(EntityKind.Disk, "vda", "system.disk.io.write"));
    }

    [Fact]
    public void What_is_malformed_is_said_once_and_taken_back_when_it_is_mended()
    {
        using var machine = new MeasuredMachine(services => new LoadCollector(services));
        machine.Write("/proc/loadavg", "much 1 2 3/4 5\n");
        machine.Tick();
        machine.Tick();

        var complaint = Assert.Single(machine.Log.Lines);
        Assert.Equal(
            "Collector load cannot read /proc/loadavg: expected three load averages and runnable/all tasks, got 'much 1 2 3/4 5\\n'; the values are missing",
            complaint);
        Assert.Null(machine.Host("system.linux.load.1m"));

        machine.Write("/proc/loadavg", "0.50 1 2 3/4 5\n");
        machine.Tick();

        Assert.Equal("Collector load can read /proc/loadavg again", machine.Log.Lines[1]);
        Assert.Equal(0.5f, machine.Host("system.linux.load.1m"));
    }

    [Fact]
    public void A_machine_without_any_of_the_files_has_next_to_no_values_and_no_complaints()
    {
        using var machine = AllCollectors();
        machine.Tick();
        machine.Tick();

        Assert.Empty(machine.Problems);
        Assert.All(machine.All(), value => Assert.StartsWith("headroom.agent", value.Metric.Name, StringComparison.Ordinal));
    }

    public static TheoryData<string> EachFile() => new(Files);

    private static MeasuredMachine AllCollectors() => new([.. CollectorTable.HostCollectors]);

    private static void AssertLaws(MeasuredMachine machine)
    {
        foreach (var (entity, metric, value) in machine.All())
        {
            Assert.True(float.IsFinite(value), $"{entity} {metric.Name} is {value}");
            if (metric.Kind == MetricKind.Rate)
            {
                Assert.True(value >= 0, $"{entity} {metric.Name} is {value}");
            }
        }

        foreach (var cpu in machine.All().Where(value => value.Metric.Name.StartsWith("system.cpu.utilization.", StringComparison.Ordinal) && value.Entity.StartsWith("cpu", StringComparison.Ordinal)).GroupBy(value => value.Entity))
        {
            Assert.InRange(cpu.Sum(value => value.Value), 0, 1.00001);
        }
    }
}
