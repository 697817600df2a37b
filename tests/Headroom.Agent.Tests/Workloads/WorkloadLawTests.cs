using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Agent.Workloads.Cgroups;
using Headroom.Agent.Workloads.Perf;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Tests.Workloads;

public sealed class WorkloadLawTests
{
    [Fact]
    public void The_growth_of_a_counter_is_never_negative_and_adds_up_between_resets() => Prop.ForAll(
        ArbMap.Default.ArbFor<uint[]>(),
        values =>
        {
            var growth = new Growth();
            ulong sum = 0, expected = 0;
            uint? before = null;
            foreach (var value in values)
            {
                sum += growth.Take(value);
                expected += before is { } known && value >= known ? value - known : 0;
                before = value;
            }

            return sum == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_scaled_counter_is_never_below_its_raw_growth() => Prop.ForAll(
        ArbMap.Default.ArbFor<(uint Count, uint Running, uint Waiting)[]>(),
        steps =>
        {
            var reading = new CounterReading();
            ulong count = 0, enabled = 0, running = 0;
            return Array.TrueForAll(steps, step =>
            {
                count += step.Count;
                running += step.Running;
                enabled += (ulong)step.Running + step.Waiting;
                return reading.Take(count, enabled, running, 0.05) is not { } growth || growth >= step.Count;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_of_cpus_counts_what_it_names() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        cpus =>
        {
            var list = string.Join(',', cpus.Distinct().Order());
            var parsed = new List<int>();
            CpuList.Parse(Encoding.UTF8.GetBytes(list), parsed);
            return CpuList.Count(Encoding.UTF8.GetBytes(list)) == cpus.Distinct().Count() && parsed.SequenceEqual(cpus.Distinct().Order().Select(cpu => (int)cpu));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0-3,8,10-11\n", 7)]
    [InlineData("0\n", 1)]
    [InlineData("\n", 0)]
    [InlineData("3-1", 0)]
    [InlineData("0-3;5", 0)]
    [InlineData("-2", 0)]
    public void Lists_of_cpus_as_the_kernel_writes_them(string list, int count) => Assert.Equal(count, CpuList.Count(Encoding.UTF8.GetBytes(list)));

    [Fact]
    public void The_working_set_is_never_above_usage_nor_below_zero() => Prop.ForAll(
        ArbMap.Default.ArbFor<(uint Usage, uint Inactive)>(),
        sizes =>
        {
            using var machine = MachineTree.WithV2();
            machine.V2Cgroup("/system.slice/a.service");
            machine.Write("/sys/fs/cgroup/system.slice/a.service/memory.current", $"{sizes.Usage}\n");
            machine.Write("/sys/fs/cgroup/system.slice/a.service/memory.stat", $"inactive_file {sizes.Inactive}\n");
            var bench = new WorkloadBench(machine.Root);
            bench.Tick();
            var workingSet = bench.Value("a.service", "container.memory.working_set");
            return workingSet >= 0 && workingSet <= bench.Value("a.service", "container.memory.usage");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Descriptors_never_exceed_the_limit_whatever_the_workloads() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Usage, bool IsOpen, byte Targets)[]>(),
        ArbMap.Default.ArbFor<ushort>(),
        (workloads, limit) =>
        {
            var candidates = workloads.Select((workload, index) => new PerfCandidate($"w{index}", workload.Usage, workload.IsOpen, workload.Targets)).ToList();
            var (chosen, all) = PerfPlan.Create(candidates, 8, 30, limit);
            return candidates.Where(candidate => chosen.Contains(candidate.Key)).Sum(candidate => candidate.Targets * (all ? 30 : 8)) <= limit
                && (!all || chosen.Count == candidates.Count);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("12 (a (b) c) R 7 8 9 0 -1 4194304 1 2 3 4 50 60 0 0 20 0 3 0 777 1 1 1 1 1 1 0 0 0 0 0 0 0 0 0 17 1 0 0 42 0 0", "a (b) c")]
    [InlineData("12 () R 7 8 9 0 -1 4194304 1 2 3 4 50 60 0 0 20 0 3 0 777 1 1 1 1 1 1 0 0 0 0 0 0 0 0 0 17 1 0 0 42 0 0", "")]
    public void A_command_may_hold_brackets_and_spaces(string content, string command)
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes(content), null, out var stat));
        Assert.Equal(new ProcessStat(command, 7, 9, false, 1, 3, 50, 60, 3, 777, 42), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 (a R 7")]
    [InlineData("12 a) R 7 8 (")]
    [InlineData("12 (a) R 7 8 9 0 -1 4194304 1 2")]
    public void A_torn_stat_file_is_refused(string content) => Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(content), null, out _));
}
