using FsCheck;
using FsCheck.Fluent;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>Laws that hold for any course of values.</summary>
public sealed class AlertMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AlertCondition Condition = new(AlertComparison.Above, Threshold: 10, Clear: 6, TimeSpan.FromSeconds(90), LongestPause: TimeSpan.FromSeconds(60));

    // Values from quiet to trouble in stretches, so that every phase is visited; one in eight stretches is missing. Pauses from a second to longer than counts.
    private static readonly Gen<Step[]> Courses = Gen.Choose(0, 15).SelectMany(value => Gen.Choose(0, 7).SelectMany(missing => Gen.Choose(1, 8).SelectMany(times => Gen.Choose(1, 100)
        .Select(pause => Enumerable.Repeat(new Step(missing == 0 ? null : value, TimeSpan.FromSeconds(pause)), times)))))
        .ArrayOf().Select(runs => runs.SelectMany(run => run).ToArray());

    [Fact]
    public void Inside_the_band_an_alert_neither_fires_nor_ends() => ForAll(course =>
    {
        foreach (var (before, value, after) in Walk(course).Where(step => step.Value is > 6 and <= 10))
        {
            Assert.Equal(before.Phase == AlertPhase.Firing, after.Phase == AlertPhase.Firing);
        }
    });

    [Fact]
    public void It_fires_when_trouble_has_been_seen_for_as_long_as_the_rule_says_and_never_before() => ForAll(course =>
    {
        var seen = TimeSpan.Zero;
        for (var (i, steps) = (0, Walk(course).ToArray()); i < steps.Length; i++)
        {
            var (before, value, after) = steps[i];
            var follows = i > 0 && steps[i - 1].Value is > 10;
            seen = value switch
            {
                null => seen,
                > 10 => seen + (follows ? Least(course[i].Pause, Condition.LongestPause) : TimeSpan.Zero),
                _ => TimeSpan.Zero,
            };
            if (before.Phase != AlertPhase.Firing)
            {
                Assert.Equal(value is > 10 && seen >= Condition.For, after.Phase == AlertPhase.Firing);
            }
        }
    });

    [Fact]
    public void A_missing_value_changes_no_phase_and_gives_no_time() => ForAll(course =>
    {
        foreach (var (before, _, after) in Walk(course).Where(step => step.Value is null))
        {
            Assert.Equal((before.Phase, before.Held), (after.Phase, after.Held));
        }
    });

    [Fact]
    public void A_firing_alert_ends_with_a_quiet_value_and_with_nothing_else() => ForAll(course =>
    {
        foreach (var (before, value, after) in Walk(course).Where(step => step.Before.Phase == AlertPhase.Firing))
        {
            Assert.Equal(value is <= 6, after.Phase == AlertPhase.Inactive);
        }
    });

    [Fact]
    public void Below_is_above_seen_in_a_mirror() => ForAll(course =>
    {
        var mirrored = Condition with { Comparison = AlertComparison.Below, Threshold = -Condition.Threshold, Clear = -Condition.Clear };
        Assert.Equal(Walk(course).Select(step => step.After), Walk([.. course.Select(step => step with { Value = -step.Value })], mirrored).Select(step => step.After));
    });

    [Fact]
    public void The_past_is_told_by_the_machine_that_decides_live() => ForAll(course =>
    {
        var values = course.Select(step => step.Value).ToArray();
        var step = TimeSpan.FromSeconds(30);
        var phases = Walk([.. values.Select(value => new Step(value, step))]).ToArray();
        var episodes = AlertEpisode.Of(values, Start + step, step, Condition);
        Assert.Equal(phases.Count(one => one.Before.Phase != AlertPhase.Firing && one.After.Phase == AlertPhase.Firing), episodes.Count);
        Assert.Equal(phases.Length > 0 && phases[^1].After.Phase == AlertPhase.Firing, episodes.Count > 0 && episodes[^1].EndedAt is null);
        Assert.All(episodes, episode => Assert.True(episode.Worst > 10 && episode.FiredAt - episode.BrokenAt >= Condition.For && !(episode.EndedAt <= episode.FiredAt)));
    });

    [Fact]
    public void A_rule_without_a_time_fires_at_the_first_value_of_trouble() =>
        Assert.Equal(AlertPhase.Firing, AlertMachine.Next(AlertProgress.None, 11, Start, Condition with { For = TimeSpan.Zero }).Phase);

    [Theory]
    [InlineData(null, "web-1", true)]
    [InlineData("web-*", "WEB-17", true)]
    [InlineData("web-*", "db-1", false)]
    [InlineData("web-*", null, false)]
    public void Names_fit_patterns(string? pattern, string? name, bool fits) => Assert.Equal(fits, NamePattern.Fits(pattern, name));

    private static void ForAll(Action<Step[]> law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Courses.ToArbitrary(), law));

    private static IEnumerable<(AlertProgress Before, double? Value, AlertProgress After)> Walk(Step[] course, AlertCondition? condition = null)
    {
        var (progress, at) = (AlertProgress.None, Start);
        foreach (var (value, pause) in course)
        {
            at += pause;
            var next = AlertMachine.Next(progress, value, at, condition ?? Condition);
            yield return (progress, value, next);
            progress = next;
        }
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>A value, and how long after the one before it came.</summary>
    private sealed record Step(double? Value, TimeSpan Pause);
}
