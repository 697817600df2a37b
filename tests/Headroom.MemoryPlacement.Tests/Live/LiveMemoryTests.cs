using FsCheck;
using FsCheck.Fluent;
using Headroom.MemoryPlacement.Live;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Live;

public sealed class LiveMemoryTests
{
    private const double Gibibyte = 1L << 30;
    private const int Windows = 120;

    private static readonly LiveMemorySettings Settings = new();

    private static WorkloadMemoryPast Workload(
        double working = 4, double idle = 2, double? bound = 0.2, double pressure = 0, double refaults = 0, int windows = Windows, string name = "service") => new(
        name, name, Flat((working + idle) * Gibibyte, windows), Flat(working * Gibibyte, windows), Flat(working * Gibibyte * 0.8, windows), Flat(refaults, windows), Flat(pressure, windows),
        bound is { } share ? Flat(share, windows) : new float?[windows]);

    private static float?[] Flat(double value, int windows) => [.. Enumerable.Repeat((float?)value, windows)];

    private static LiveMemoryAdvice Advise(LiveMemorySettings settings, SlowTier tier, params WorkloadMemoryPast[] workloads) => HostMemoryAdvisor.Advise(
        new HostMemoryPast(1, "host", DateTimeOffset.UnixEpoch.AddDays(1), 60, workloads[0].UsageBytes.Length, 64 * Gibibyte, null, tier, workloads), settings);

    private static SlowTier Card(double freeGibibytes = 1_000) => SlowTier.Of(
        [new("node0", TierKind.Dram, 0, 64 * Gibibyte, null, null, 100e-9), new("node1", TierKind.Cxl, 1, 1_024 * Gibibyte, null, null, 200e-9)],
        new Dictionary<string, double> { ["node1"] = freeGibibytes * Gibibyte });

    [Fact]
    public void Idle_memory_moves_and_of_the_rest_what_the_budget_allows()
    {
        var one = Assert.Single(Advise(Settings, Card(), Workload()).Workloads);
        // 3 % / (20 % x (latency ratio of at most 2.25 - 1)) of the working set.
        Assert.Equal(2, one.IdleBytes!.Value / Gibibyte, 6);
        Assert.Equal(2 + (4 * 0.03 / (0.2 * 1.25)), one.MovableBytes!.Value / Gibibyte, 4);
        Assert.Equal(0.03, one.SlowdownUpper!.Value, 4);
        Assert.InRange(one.Slowdown!.Value, one.SlowdownLower!.Value, one.SlowdownUpper.Value);
        Assert.Equal(MemoryConstraints.Slowdown, one.BindingConstraint);
        Assert.Equal(0, one.Backtest!.Violations);
    }

    [Fact]
    public void Too_little_history_gives_no_number_and_says_so()
    {
        var advice = Advise(Settings, Card(), Workload(windows: 20));
        Assert.Null(advice.MovableBytes);
        Assert.Equal(MemoryConstraints.History, advice.BindingConstraint);
        Assert.Contains("20 min", advice.Workloads[0].BindingReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workload_that_waits_for_memory_keeps_all_of_it()
    {
        var one = Assert.Single(Advise(Settings, Card(), Workload(pressure: 0.4)).Workloads);
        Assert.Equal(0, one.MovableBytes);
        Assert.Equal(MemoryConstraints.Pressure, one.BindingConstraint);
    }

    [Fact]
    public void What_refaults_bring_back_does_not_count_as_idle()
    {
        // 100 pages/s of 4 KiB over an hour are 1.37 GiB.
        var one = Assert.Single(Advise(Settings, Card(), Workload(refaults: 100)).Workloads);
        Assert.Equal(2 - (100 * 4096 * 3600 / Gibibyte), one.IdleBytes!.Value / Gibibyte, 4);
    }

    [Fact]
    public void Without_counters_all_the_time_may_be_waiting_so_less_moves()
    {
        var (known, unknown) = (Advise(Settings, Card(), Workload()).Workloads[0], Advise(Settings, Card(), Workload(bound: null)).Workloads[0]);
        Assert.True(unknown.MovableBytes < known.MovableBytes);
        Assert.Contains(unknown.WouldChange, change => change.Contains("Top-Down", StringComparison.Ordinal));
        Assert.InRange(unknown.SlowdownUpper!.Value, 0, 0.0301);
    }

    [Fact]
    public void Room_in_the_tier_goes_to_the_most_idle_first()
    {
        var advice = Advise(Settings, Card(freeGibibytes: 3), Workload(idle: 1, name: "little"), Workload(idle: 5, name: "much"));
        Assert.Equal(3, advice.MovableBytes!.Value / Gibibyte, 6);
        Assert.Equal(("much", MemoryConstraints.Room), (advice.Workloads[0].Name, advice.Workloads[0].BindingConstraint));
    }

    [Fact]
    public void Memory_that_was_idle_and_came_into_use_shows_in_the_backtest()
    {
        var steady = Workload();
        float?[] working = [.. steady.WorkingSetBytes.Select((value, window) => window < 90 ? value : value + (float)(1.9 * Gibibyte))];
        var one = Advise(Settings, Card(), steady with { WorkingSetBytes = working }).Workloads[0];
        Assert.InRange(one.Backtest!.Violations, 1, one.Backtest.Windows);
    }

    [Fact]
    public void A_host_without_a_card_is_told_what_one_would_do()
    {
        var tier = SlowTier.Of([new("node0", TierKind.Dram, 0, 64 * Gibibyte, null, null, null)], new Dictionary<string, double>());
        Assert.False(tier.IsPresent);
        Assert.Contains("could live in", Advise(Settings, tier, Workload()).BindingReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bound_never_passes_the_budget_and_a_larger_budget_never_moves_less()
    {
        var cases = from working in Gen.Choose(1, 64)
                    from idle in Gen.Choose(0, 64)
                    from bound in Gen.Choose(1, 100)
                    from budget in Gen.Choose(1, 30)
                    select (working, idle, bound, budget);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            WorkloadMemoryAdvice At(double budget) => Advise(Settings with { SlowdownBudget = budget }, Card(), Workload(one.working, one.idle, one.bound / 100.0)).Workloads[0];
            var (small, large) = (At(one.budget / 1000.0), At(one.budget / 500.0));
            Assert.InRange(small.SlowdownUpper!.Value, 0, (one.budget / 1000.0) + 1e-9);
            Assert.True(large.MovableBytes >= small.MovableBytes - 1);
            Assert.InRange(small.MovableBytes!.Value, small.IdleBytes!.Value - 1, (one.working + one.idle) * Gibibyte * (1 + 1e-6));
        }));
    }
}
