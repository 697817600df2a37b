using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Calibration.Campaigns;
using Headroom.Calibration.Probes;

namespace Headroom.Calibration.Tests;

public sealed class CampaignPlanTests
{
    private static readonly Application[] Applications =
    [
        new("cpu", "cpu", "1/s", [], "", new Regex(@"^rate ([\d.]+)")),
        new("redis", "network", "1/s", [], "", new Regex(@"^rate ([\d.]+)")),
        new("stress", "cache", "", [], "", null),
    ];

    [Fact]
    public void The_same_seed_gives_the_same_plan() =>
        Prop.ForAll<int, byte>((seed, runs) => Text(Plan(seed, runs)) == Text(Plan(seed, runs))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_application_and_load_runs_alone_and_only_measured_ones_are_measured() => Prop.ForAll<int, byte>((seed, runs) =>
    {
        var plan = Plan(seed, runs + 4);
        return plan.Count == runs + 4
            && plan.Select(run => run.RunId).SequenceEqual(Enumerable.Range(1, plan.Count))
            && plan.All(run => run.Application is "cpu" or "redis")
            && plan.All(run => run.Neighbours.Count <= 3)
            && plan.Where(run => run.Neighbours.Count == 0).Select(run => (run.Application, run.Threads)).Distinct().Count() == 4;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_campaign_needs_something_to_measure() =>
        Assert.Throws<ArgumentException>(() => CampaignPlan.Make(new CampaignOptions { Folder = "/" }, [Applications[2]]));

    private static IReadOnlyList<PlannedRun> Plan(int seed, int runs) => CampaignPlan.Make(new CampaignOptions { Folder = "/", Seed = seed, Runs = runs }, Applications);

    private static string Text(IReadOnlyList<PlannedRun> plan) => string.Join('|', plan.Select(run => $"{run.RunId}{run.Application}{run.Threads}{string.Join(';', run.Neighbours)}"));
}
