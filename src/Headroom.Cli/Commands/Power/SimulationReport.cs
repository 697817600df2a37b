using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Cli.Commands.Power;

/// <summary>A study of a row in the shape of every report.</summary>
internal static class SimulationReport
{
    // POLCA's published figures (arXiv 2308.12908) beside which ours stand.
    private const double PublishedPeak = 0.79;
    private const double PublishedRise2 = 0.09;
    private const double PublishedRise40 = 0.118;

    public static Report Make(RowStudy study, int servers, double seconds, RowResult provisioned, IReadOnlyList<PolicyOutcome> outcomes, IReadOnlyList<CapacityFound> found) => new(
        $"power simulate --weeks {study.Weeks:0.##} --servers {servers}",
        Machine.Read(),
        study.Seed,
        [.. Figures(study, servers, seconds, provisioned, outcomes, found)],
        [Policies(outcomes), Capacity(found), Tried(found), Assumptions(study)]);

    private static IEnumerable<Figure> Figures(
        RowStudy study, int servers, double seconds, RowResult provisioned, IReadOnlyList<PolicyOutcome> outcomes, IReadOnlyList<CapacityFound> found)
    {
        var polca = outcomes.Single(outcome => outcome.Result.Policy == PolcaPolicy.PolicyName);
        var noCap = outcomes.Single(outcome => outcome.Result.Policy == "no cap");
        yield return Figure.Versus("power.servers", servers, "{server}", "provisioned for", study.Settings.ProvisionedServers);
        yield return Figure.Versus("power.brakes", polca.Result.Brakes, "{brake}", "no cap", noCap.Result.Brakes);
        yield return Figure.Versus("power.hp_p50_impact", polca.Impact.HighP50, "1", "published limit", 0.01);
        yield return new Figure("power.lp_p50_impact", polca.Impact.LowP50, "1");
        yield return Figure.Versus("power.hp_throughput", polca.Impact.HighThroughput, "1", "published limit", 0.99);
        yield return Figure.Versus("power.lp_throughput", polca.Impact.LowThroughput, "1", "published limit", 0.98);
        yield return Figure.Versus("power.row_mape", provisioned.TraceErrors.MinutePercent, "%", "published", 3);
        yield return Figure.Versus("power.row_peak", provisioned.PeakReading, "1", "published", PublishedPeak);
        yield return Figure.Versus("power.row_rise_2s", provisioned.Rise2Seconds, "1", "published", PublishedRise2);
        yield return Figure.Versus("power.row_rise_40s", provisioned.Rise40Seconds, "1", "published", PublishedRise40);
        yield return Figure.Versus("power.simulate_seconds", seconds, "s", "limit", 20);
        if (found.Count == 0)
        {
            yield break;
        }

        var (rival, ours) = (found.Single(one => one.Policy == PolcaPolicy.PolicyName), found.Single(one => one.Policy == PredictivePolicy.PolicyName));
        yield return Figure.Versus("power.predictive_servers", ours.Servers, "{server}", PolcaPolicy.PolicyName, rival.Servers);
    }

    private static Table Policies(IReadOnlyList<PolicyOutcome> outcomes) => new(
        "policies",
        ["policy", "servers", "brakes", "peak", "mean", "hp_p50_impact", "lp_p50_impact", "hp_p99_s", "lp_p99_s", "hp_throughput", "lp_throughput", "share_free", "share_t1", "share_t2", "share_t2_high", "share_brake", "rule"],
        [.. outcomes.Select(outcome => (IReadOnlyList<object?>)
        [
            outcome.Result.Policy, outcome.Result.Servers, outcome.Result.Brakes, outcome.Result.PeakReading, outcome.Result.MeanReading,
            outcome.Impact.HighP50, outcome.Impact.LowP50, outcome.Result.High.P99Seconds, outcome.Result.Low.P99Seconds,
            outcome.Impact.HighThroughput, outcome.Impact.LowThroughput, .. outcome.Result.LevelShares.Select(share => (object?)share),
            PowerPolicies.Named(outcome.Result.Policy).Rule,
        ])]);

    private static Table Capacity(IReadOnlyList<CapacityFound> found) => new(
        "capacity",
        ["policy", "servers", "weeks", "runs", "brake_probability", "lower_95", "upper_95", "hp_p50_impact", "lp_p50_impact", "hp_throughput", "lp_throughput"],
        [.. found.Select(one =>
        {
            var last = one.Tried.LastOrDefault(tried => tried.Servers == one.Servers);
            return (IReadOnlyList<object?>)
            [
                one.Policy, one.Servers, last?.Weeks, last?.Runs, last?.Value, last?.Interval95.Lower, last?.Interval95.Upper,
                one.Outcome.Impact.HighP50, one.Outcome.Impact.LowP50, one.Outcome.Impact.HighThroughput, one.Outcome.Impact.LowThroughput,
            ];
        })]);

    private static Table Tried(IReadOnlyList<CapacityFound> found) => new(
        "brake_probability",
        ["policy", "servers", "weeks", "runs", "braked", "probability", "lower_95", "upper_95"],
        [.. found.SelectMany(one => one.Tried).Select(tried => (IReadOnlyList<object?>)
        [
            tried.Policy, tried.Servers, tried.Weeks, tried.Runs, tried.Braked, tried.Value, tried.Interval95.Lower, tried.Interval95.Upper,
        ])]);

    private static Table Assumptions(RowStudy study) => new(
        "sources",
        ["what"],
        [.. study.Sources.Concat(RowAssumptions.Of(study.Settings)).Select(line => (IReadOnlyList<object?>)[line])]);
}
