using FsCheck;
using FsCheck.Fluent;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Oversubscription.Tests.Power;

public sealed class RowSimulatorTests
{
    // A quarter of a day, built-in load: seconds of work.
    private const double Weeks = 0.25 / 7;

    private static RowStudy Study(RowSettings? settings = null, int seed = 1) => new(settings ?? new RowSettings(), Weeks, seed, datasets: null, traceFile: null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_run_is_the_same_every_time_and_another_seed_is_not()
    {
        var (first, again, other) = (Study().Run(8, new PolcaPolicy(), null, Token), Study().Run(8, new PolcaPolicy(), null, Token), Study(seed: 2).Run(8, new PolcaPolicy(), null, Token));
        Assert.Equal((first.MeanReading, first.PeakReading, first.High), (again.MeanReading, again.PeakReading, again.High));
        Assert.NotEqual(first.MeanReading, other.MeanReading);
    }

    [Fact]
    public void Simulated_row_power_follows_the_trace_it_was_made_from() =>
        Assert.InRange(Study().Run(40, new NoCap(), null, Token).TraceErrors.MinutePercent, 0, 4);

    [Fact]
    public void Power_stays_between_idle_and_full_and_every_level_share_counts()
    {
        var result = Study().Run(52, new TwoThresholds(), null, Token);
        Assert.All(result.Series, point => Assert.InRange(point.Peak, 52 * 1500 / 260_000.0, 52 * 6600 / 260_000.0));
        Assert.Equal(1, result.LevelShares.Sum(), 9);
    }

    [Fact]
    public void All_policies_face_the_same_requests()
    {
        var outcomes = Study(new RowSettings { TracePeak = 0.70, TraceTrough = 0.70 }).Compare(52, PowerPolicies.All, null, Token);
        var tokens = outcomes.Select(outcome => outcome.Result.High.Tokens).ToArray();
        Assert.All(tokens, count => Assert.InRange(count / tokens[0], 0.98, 1.02));
    }

    [Fact]
    public void A_row_far_above_its_power_brakes_without_a_policy_and_slows_down_with_one()
    {
        var busy = Study(new RowSettings { TracePeak = 0.72, TraceTrough = 0.72 });
        Assert.True(busy.Run(60, new NoCap(), null, Token).Brakes > 0);
        var capped = busy.Compare(52, [new TwoThresholds()], null, Token)[0];
        Assert.True(capped.Impact.HighP50 > 0.01);
        Assert.False(capped.Impact.KeepsPromise);
    }

    [Fact]
    public void A_row_with_room_is_left_alone_and_costs_nothing()
    {
        var outcome = Study().Compare(20, [new PolcaPolicy()], null, Token)[0];
        Assert.Equal((0, 1.0), (outcome.Result.Brakes, outcome.Result.LevelShares[(int)PowerLevel.Free]));
        Assert.Equal(new ServiceImpact(0, 0, 1, 1), outcome.Impact);
    }

    [Fact]
    public void The_search_says_how_sure_it_is_and_brakes_are_likelier_with_more_servers()
    {
        var study = Study(new RowSettings { ProvisionedServers = 8, TracePeak = 0.70, TraceTrough = 0.70 });
        var found = CapacitySearch.Find(study, new PolcaPolicy(), runs: 3, most: 16, null, Token);
        Assert.InRange(found.Servers, 8, 16);
        Assert.All(found.Tried, tried => Assert.True(tried.Interval95.Lower <= tried.Value && tried.Value <= tried.Interval95.Upper));
        Assert.Equal(3, study.Brakes(16, new NoCap(), Weeks, 3, null, Token).Braked);
    }

    [Fact]
    public void The_first_brake_of_any_seed_ends_the_others()
    {
        var study = Study(new RowSettings { ProvisionedServers = 8, TracePeak = 0.72, TraceTrough = 0.72 });
        var found = study.FirstBrake(14, new NoCap(), runs: 40, busiestOnly: false, Token);
        Assert.InRange(found.Braked, 1, Environment.ProcessorCount);
        Assert.True(found.Runs < 40);
        Assert.Equal((3, 0), study.FirstBrake(8, new NoCap(), runs: 3, busiestOnly: false, Token) is var calm ? (calm.Runs, calm.Braked) : default);
    }

    [Fact]
    public void The_busiest_minutes_are_few_and_hold_the_highest_rate_with_the_minutes_before_it()
    {
        var settings = new RowSettings();
        var load = RowLoad.Find(null, 1);
        var whole = new RowScenario(8, new NoCap(), settings, load, LoadCurve.Measure(load, settings, 1), RowTrace.Synthetic(settings, 1, 1), 1);
        var busiest = whole.Busiest();
        var peak = Array.IndexOf(whole.Rates, whole.Rates.Max());
        Assert.InRange(busiest.Rates.Length, whole.Rates.Length / 100, whole.Rates.Length / 4);
        Assert.Equal(busiest.Rates.Length, busiest.Trace.Minutes.Length);
        var kept = Array.IndexOf(busiest.Rates, whole.Rates[peak]);
        Assert.Equal(whole.Rates[(peak - 8)..(peak + 1)], busiest.Rates[(kept - 8)..(kept + 1)]);
    }

    [Fact]
    public void Bisection_finds_the_largest_count_that_fits_in_few_tries() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 60), Gen.Choose(0, 60)).ToArbitrary(),
        pair =>
        {
            var (limit, most) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            var tries = 0;
            var found = CapacitySearch.Largest(0, most, count =>
            {
                tries++;
                return count <= limit;
            });
            return found == limit && tries <= 6;
        }));

    [Fact]
    public void No_brake_in_twenty_runs_is_not_a_promise_that_there_is_none()
    {
        var (lower, upper) = new BrakeProbability(52, "POLCA", 6, 20, 0).Interval95;
        Assert.Equal(0, lower, 12);
        Assert.InRange(upper, 0.16, 0.162);
    }

    [Fact]
    public void An_own_trace_is_read_and_bad_lines_are_named()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "t_s,utilization_ratio\n0,0.5\n120,0.6\n");
        Assert.Equal([0.5, 0.5, 0.6], RowTrace.Read(path).Minutes);
        File.WriteAllText(path, "t_s,utilization_ratio\n0,0.5\n0,60\n");
        Assert.Contains("row 3", Assert.Throws<InvalidDataException>(() => RowTrace.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void A_run_that_is_cancelled_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Study().Run(8, new NoCap(), null, cancelled.Token));
    }

    [Fact]
    public void The_measured_curve_rises_and_is_read_backwards()
    {
        var curve = LoadCurve.Measure(RowLoad.Find(null, 1), new RowSettings(), 1);
        Assert.True(curve.RateAt(0.60) < curve.RateAt(0.70));
        Assert.True(curve.Highest > 0.8);
    }
}
