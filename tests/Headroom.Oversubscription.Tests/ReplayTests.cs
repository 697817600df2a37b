using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

public sealed class ReplayTests
{
    private static readonly PeakSettings Settings = new(Risk: 0.01, HorizonWindows: 12, WarmUpWindows: 96, Seed: 1);

    [Fact]
    public void The_oracle_is_never_exceeded_and_nobody_without_violations_reclaims_more()
    {
        var fleet = MadeUpFleet.Make(hosts: 4, windows: 576, seed: 3);
        var result = Replay.Run(fleet, PeakPredictors.Rivals, Settings, progress: null, TestContext.Current.CancellationToken);
        Assert.All(
            result.Predictors.Where(predictor => predictor.ViolationRate == 0),
            predictor => Assert.True(predictor.Reclaimed <= result.OracleReclaimed + 1e-9, predictor.Predictor));
        Assert.Contains(result.Predictors, predictor => predictor.ViolationRate == 0);
    }

    [Fact]
    public void Borg_leaves_one_eleventh_free()
    {
        var fleet = MadeUpFleet.Make(hosts: 2, windows: 400, seed: 4);
        var borg = Run(fleet, "borg-default");
        Assert.Equal(1 - (1 / 1.1), borg.Reclaimed, 9);
    }

    [Fact]
    public void Max_is_never_below_either_of_its_parts()
    {
        var fleet = MadeUpFleet.Make(hosts: 5, windows: 500, seed: 5);
        Assert.True(Run(fleet, "max").Reclaimed <= Math.Min(Run(fleet, "n-sigma").Reclaimed, Run(fleet, "resource-central").Reclaimed) + 1e-12);
    }

    [Fact]
    public void A_replay_gives_the_same_numbers_twice()
    {
        var fleet = MadeUpFleet.Make(hosts: 4, windows: 500, seed: 6);
        Assert.Equal(Run(fleet, PeakPredictors.Ours).Reclaimed, Run(fleet, PeakPredictors.Ours).Reclaimed);
    }

    [Fact]
    public void Who_knows_the_future_frees_more_the_more_may_be_missed_and_more_than_by_missing_nothing()
    {
        var fleet = MadeUpFleet.Make(hosts: 4, windows: 576, seed: 3);
        var never = Replay.Run(fleet, [], Settings, null, TestContext.Current.CancellationToken).OracleReclaimed;
        var seldom = PeakOracle.ReclaimedAtRisk(fleet, Settings);
        var often = PeakOracle.ReclaimedAtRisk(fleet, Settings with { Risk = 0.05 });
        Assert.True(never < seldom && seldom < often && often < 1, $"{never} {seldom} {often}");
        Assert.Equal(never, PeakOracle.ReclaimedAtRisk(fleet, Settings with { Risk = 1e-9 }), 9);
    }

    [Fact]
    public void Ours_keeps_the_risk_asked_for_on_a_fleet_with_a_daily_rhythm()
    {
        var fleet = MadeUpFleet.Make(hosts: 20, windows: 1440, seed: 7);
        Assert.InRange(Run(fleet, PeakPredictors.Ours).ViolationRate, 0.005, 0.015);
    }

    [Fact]
    public void The_violation_rate_lies_in_its_interval_which_narrows_with_more_advices()
    {
        var fleet = MadeUpFleet.Make(hosts: 4, windows: 1440, seed: 9);
        var result = Run(fleet, PeakPredictors.Ours);
        var interval = result.ViolationInterval!.Value;
        Assert.True(interval.Contains(result.ViolationRate) && interval.Width > 0, $"{interval}");
        var twice = result with { Hourly = [.. result.Hourly, .. result.Hourly] };
        Assert.True(twice.ViolationInterval!.Value.Width < interval.Width);
        Assert.Null((result with { Hourly = [result.Hourly[0]] }).ViolationInterval);
        Assert.Null(Run(fleet, "borg-default").ViolationInterval);
    }

    [Fact]
    public void Nobody_looks_into_the_future()
    {
        var fleet = MadeUpFleet.Make(hosts: 3, windows: 400, seed: 8);
        var changed = ChangedFrom(fleet, window: 300);
        foreach (var predictor in PeakPredictors.All)
        {
            var before = predictor.Start(fleet, Settings);
            var after = predictor.Start(changed, Settings);
            for (var now = Settings.WarmUpWindows; now <= 300; now += Settings.HorizonWindows)
            {
                Assert.Equal(before.Advise(now, TestContext.Current.CancellationToken), after.Advise(now, TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public void A_machine_younger_than_the_warm_up_counts_as_its_request()
    {
        var young = new VmSeries("young", 2, 200, Enumerable.Repeat(0.1f, 200).ToArray());
        var fleet = new FleetTrace("young", Resource.Cpu, TimeSpan.FromMinutes(5), 400, [new HostSeries("host", [young], 400)]);
        var session = PeakPredictors.Rivals.Single(predictor => predictor.Name == "krr").Start(fleet, Settings);
        Assert.Equal(2, session.Advise(204, TestContext.Current.CancellationToken)[0]);
        Assert.Equal(0.1, session.Advise(384, TestContext.Current.CancellationToken)[0], 5);
    }

    [Fact]
    public void A_trace_shorter_than_its_warm_up_is_refused_with_both_numbers()
    {
        var fleet = MadeUpFleet.Make(hosts: 1, windows: 50, seed: 9);
        var error = Assert.Throws<TraceException>(() => Replay.Run(fleet, PeakPredictors.Rivals, Settings, null, TestContext.Current.CancellationToken));
        Assert.Contains("50", error.Message, StringComparison.Ordinal);
        Assert.Contains("96", error.Message, StringComparison.Ordinal);
    }

    private static PredictorResult Run(FleetTrace fleet, string name) =>
        Replay.Run(fleet, [PeakPredictors.All.Single(predictor => predictor.Name == name)], Settings, null, TestContext.Current.CancellationToken).Predictors[0];

    private static FleetTrace ChangedFrom(FleetTrace fleet, int window) => fleet with
    {
        Hosts = fleet.Hosts.Select(host => new HostSeries(
            host.Name,
            host.Vms.Select(vm => vm with { Used = vm.Used.Select((used, at) => at < window ? used : 1 - used).ToArray() }).ToArray(),
            fleet.Windows)).ToArray(),
    };
}
