using FsCheck;
using FsCheck.Fluent;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Tests.Power;

/// <summary>Laws that hold for any row of readings.</summary>
public sealed class PolicyLawTests
{
    private static readonly PolcaSettings Settings = new();

    // Shares of provisioned power from idle to well above the brake, and long calm stretches, so that every level is visited.
    private static readonly Gen<double[]> Readings = Gen.Choose(300, 1100).Select(thousandths => thousandths / 1000.0)
        .SelectMany(level => Gen.Choose(1, 60).Select(times => Enumerable.Repeat(level, times)))
        .ArrayOf().Select(runs => runs.SelectMany(run => run).ToArray());

    private static void ForAll(Action<double[]> law) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Readings.ToArbitrary(), law));

    private static IEnumerable<(PolicyState Before, double Reading, PolicyState After)> Steps(IPowerPolicy policy, double[] readings)
    {
        var state = policy.Start(Settings);
        for (var index = 0; index < readings.Length; index++)
        {
            var next = policy.Next(state, readings[index], 2.0 * (index + 1), Settings);
            yield return (state, readings[index], next);
            state = next;
        }
    }

    public static TheoryData<string> Policies => [.. PowerPolicies.All.Select(policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_reading_above_the_limit_always_brakes_and_nothing_else_does(string name) => ForAll(readings =>
    {
        foreach (var (before, reading, after) in Steps(PowerPolicies.Named(name), readings))
        {
            Assert.True(reading <= Settings.BrakeAbove || (after.Level == PowerLevel.Brake && after.Plan.Brake));
            Assert.True(!after.Plan.Brake || before.Plan.Brake || reading > Settings.BrakeAbove);
        }
    });

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_brake_is_left_below_T2_less_the_hysteresis_and_only_there(string name) => ForAll(readings =>
    {
        foreach (var (before, reading, after) in Steps(PowerPolicies.Named(name), readings).Where(step => step.Before.Level == PowerLevel.Brake))
        {
            Assert.Equal(reading >= Settings.T2 - Settings.Hysteresis, after.Level == PowerLevel.Brake);
        }
    });

    [Theory]
    [MemberData(nameof(Policies))]
    public void Low_priority_never_runs_faster_than_high_priority(string name) => ForAll(readings =>
        Assert.All(Steps(PowerPolicies.Named(name), readings), step => Assert.True(step.After.Plan.LowMhz <= step.After.Plan.HighMhz)));

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_same_readings_give_the_same_states(string name) => ForAll(readings =>
        Assert.Equal(Steps(PowerPolicies.Named(name), readings).Select(step => step.After), Steps(PowerPolicies.Named(name), readings).Select(step => step.After)));

    [Fact]
    public void Polca_slows_high_priority_only_after_low_priority_had_its_time() => ForAll(readings =>
    {
        var since = double.NaN;
        var time = 0.0;
        foreach (var (before, reading, after) in Steps(new PolcaPolicy(), readings))
        {
            time += 2;
            since = after.Level >= PowerLevel.T2 ? (before.Level >= PowerLevel.T2 ? since : time) : double.NaN;
            Assert.True(after.Level != PowerLevel.T2High || time - since >= Settings.CommandDelaySeconds);
        }
    });

    [Fact]
    public void Polca_keeps_its_level_within_the_hysteresis() => ForAll(readings =>
    {
        foreach (var (before, reading, after) in Steps(new PolcaPolicy(), readings))
        {
            var threshold = before.Level switch { PowerLevel.T1 => Settings.T1, PowerLevel.T2 or PowerLevel.T2High => Settings.T2, _ => double.NaN };
            Assert.True(!(reading >= threshold - Settings.Hysteresis) || after.Level >= before.Level);
        }
    });

    // Why it does not brake where POLCA holds: what it is weaker in is the speed of high priority.
    [Fact]
    public void Two_thresholds_without_priorities_never_run_a_gpu_faster_than_Polca_at_the_same_readings() => ForAll(readings =>
    {
        foreach (var (blind, polca) in Steps(new TwoThresholds(), readings).Zip(Steps(new PolcaPolicy(), readings)))
        {
            Assert.True(blind.After.Plan.LowMhz <= polca.After.Plan.LowMhz && blind.After.Plan.HighMhz <= polca.After.Plan.HighMhz);
        }
    });

    [Fact]
    public void Polca_ends_at_full_speed_when_the_row_is_calm() => ForAll(readings =>
        Assert.Equal(PowerLevel.Free, Steps(new PolcaPolicy(), [.. readings, .. Enumerable.Repeat(0.5, 5)]).Last().After.Level));

    [Fact]
    public void A_threshold_policy_never_holds_a_lower_row_harder() => ForAll(readings =>
    {
        var lower = Array.ConvertAll(readings, reading => reading - 0.05);
        foreach (var policy in new IPowerPolicy[] { new NoCap(), new OneThreshold(), new TwoThresholds() })
        {
            Assert.All(Steps(policy, readings).Zip(Steps(policy, lower)), pair => Assert.True(pair.Second.After.Level <= pair.First.After.Level));
        }
    });

    [Fact]
    public void Polcas_clocks_are_those_of_the_paper()
    {
        var state = new PolcaPolicy().Start(Settings);
        Assert.Equal(new ClockPlan(1410, 1410, false), state.Plan);
        state = new PolcaPolicy().Next(state, 0.80, 2, Settings);
        Assert.Equal(new ClockPlan(1275, 1410, false), state.Plan);
        state = new PolcaPolicy().Next(state, 0.89, 4, Settings);
        Assert.Equal(new ClockPlan(1110, 1410, false), state.Plan);
        state = new PolcaPolicy().Next(state, 0.90, 46, Settings);
        Assert.Equal(new ClockPlan(1110, 1305, false), state.Plan);
        state = new PolcaPolicy().Next(state, 1.01, 48, Settings);
        Assert.True(state.Plan.Brake);
        state = new PolcaPolicy().Next(state, 0.83, 60, Settings);
        Assert.Equal((PowerLevel.T2, false), (state.Level, state.Plan.Brake));
    }

    [Fact]
    public void The_predictive_policy_leaves_a_calm_row_alone_above_every_threshold_but_the_limit()
    {
        var calm = Enumerable.Range(0, 6000).Select(index => Math.Clamp(0.70 + ((index - 2000) * 0.0001), 0.70, 0.90) + (index % 2 == 0 ? 0.005 : -0.005)).ToArray();
        Assert.Equal(PowerLevel.Free, Steps(new PredictivePolicy(), calm).Last().After.Level);
        Assert.NotEqual(PowerLevel.Free, Steps(new PolcaPolicy(), calm).Last().After.Level);
    }
}
