using System.Globalization;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>What somebody asks of the simulator.</summary>
public sealed record PowerSimulationRequest
{
    /// <summary>Simulated time, weeks (default 1, at most 12).</summary>
    public double Weeks { get; init; } = 1;

    /// <summary>Servers in the row (default 52, at most 400).</summary>
    public int Servers { get; init; } = 52;

    /// <summary>Servers the row's power was provisioned for (default 40).</summary>
    public int Provisioned { get; init; } = 40;

    /// <summary>Share of servers with low-priority work, 0 to 1 (default 0.5).</summary>
    public double LowShare { get; init; } = 0.5;

    /// <summary>Runs with different seeds for each probability of a brake (default 4, at most 100).</summary>
    public int Seeds { get; init; } = 4;

    /// <summary>Seed of everything random (default 1).</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every field that is out of range, in a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Check(nameof(Weeks), Weeks, 0.01, 12),
        .. Check(nameof(Servers), Servers, 1, 400),
        .. Check(nameof(Provisioned), Provisioned, 1, 400),
        .. Check(nameof(LowShare), LowShare, 0, 1),
        .. Check(nameof(Seeds), Seeds, 1, 100),
    ];

    private static IEnumerable<string> Check(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(name[0])}{name[1..]}: expected {least} to {most}, got {value}");
        }
    }
}

/// <summary>One policy in an answer.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Rule">What it does.</param>
/// <param name="Brakes">Times the power brake was called.</param>
/// <param name="PeakReading">Highest reading, share of provisioned power.</param>
/// <param name="MeanReading">Mean row power, share of provisioned power.</param>
/// <param name="Impact">What it costs the requests.</param>
/// <param name="LevelShares">Share of the time at each level, mildest first.</param>
/// <param name="Series">Row power and level over time.</param>
public sealed record PolicyAnswer(
    string Policy, string Rule, int Brakes, double PeakReading, double MeanReading, ServiceImpact Impact, IReadOnlyList<double> LevelShares, IReadOnlyList<RowPoint> Series);

/// <summary>Probability that a row brakes at least once.</summary>
/// <param name="Policy">Under which policy.</param>
/// <param name="Servers">With how many servers.</param>
/// <param name="Weeks">In which time, weeks.</param>
/// <param name="Runs">From how many runs.</param>
/// <param name="Braked">How many of them braked.</param>
/// <param name="Probability">Share of runs that braked.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end of the 95 % interval.</param>
public sealed record BrakeRisk(string Policy, int Servers, double Weeks, int Runs, int Braked, double Probability, double Lower, double Upper);

/// <summary>The answer to a request.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Settings">The row and its controller.</param>
/// <param name="Policies">Every policy on the same requests.</param>
/// <param name="Risks">Servers against the probability of a brake.</param>
/// <param name="Sources">Where load and power come from.</param>
/// <param name="Assumptions">What is taken for granted.</param>
public sealed record PowerSimulationAnswer(
    PowerSimulationRequest Request, RowSettings Settings, IReadOnlyList<PolicyAnswer> Policies, IReadOnlyList<BrakeRisk> Risks,
    IReadOnlyList<string> Sources, IReadOnlyList<string> Assumptions)
{
    /// <summary>Largest simulated count at which no run of a policy braked; null when every count braked.</summary>
    public BrakeRisk? Recommended(string policy) => Risks.Where(risk => risk.Policy == policy).OrderBy(risk => risk.Servers)
        .TakeWhile(risk => risk.Braked == 0).LastOrDefault();
}

/// <summary>A whole simulation: policies side by side, and servers against the probability of a brake.</summary>
public static class PowerSimulation
{
    private const int Points = 500;
    private const double CompareShare = 0.5;
    private const double RiskWeeks = 1;
    private const int RiskStep = 2;
    private const int RiskCounts = 7;

    private static readonly IPowerPolicy[] Risky = [new NoCap(), new PolcaPolicy(), new PredictivePolicy()];

    /// <param name="request">What was asked, within its limits.</param>
    /// <param name="datasets">Folder that holds the public data sets; null for the built-in load.</param>
    /// <param name="progress">Share done and what is being done.</param>
    /// <param name="cancellationToken">Ends the simulation.</param>
    public static PowerSimulationAnswer Run(PowerSimulationRequest request, string? datasets, IProgress<(double Share, string What)>? progress, CancellationToken cancellationToken)
    {
        progress?.Report((0, "measuring the servers' power against their load"));
        var study = new RowStudy(new RowSettings { ProvisionedServers = request.Provisioned, LowShare = request.LowShare }, request.Weeks, request.Seed, datasets, traceFile: null);
        var comparing = new Step(progress, 0, CompareShare, $"{request.Servers} servers under every policy");
        var policies = study.Compare(request.Servers, PowerPolicies.All, comparing, cancellationToken).Select(Answer).ToArray();
        var risks = Risks(study, request, progress, cancellationToken);
        return new PowerSimulationAnswer(request, study.Settings, policies, risks, study.Sources, RowAssumptions.Of(study.Settings));
    }

    private static List<BrakeRisk> Risks(RowStudy study, PowerSimulationRequest request, IProgress<(double Share, string What)>? progress, CancellationToken cancellationToken)
    {
        var risks = new List<BrakeRisk>();
        var first = Math.Max(request.Servers - (RiskStep * (RiskCounts / 2)), 1);
        var share = (1 - CompareShare) / (Risky.Length * RiskCounts);
        foreach (var policy in Risky)
        {
            for (var count = 0; count < RiskCounts; count++)
            {
                var servers = first + (count * RiskStep);
                var step = new Step(progress, CompareShare + (share * (risks.Count)), share, $"{policy.Name} with {servers} servers, {request.Seeds} seeds");
                var found = study.Brakes(servers, policy, RiskWeeks, request.Seeds, step, cancellationToken);
                risks.Add(new BrakeRisk(found.Policy, servers, found.Weeks, found.Runs, found.Braked, found.Value, found.Interval95.Lower, found.Interval95.Upper));
            }
        }

        return risks;
    }

    private static PolicyAnswer Answer(PolicyOutcome outcome) => new(
        outcome.Result.Policy, PowerPolicies.Named(outcome.Result.Policy).Rule, outcome.Result.Brakes, outcome.Result.PeakReading, outcome.Result.MeanReading,
        outcome.Impact, outcome.Result.LevelShares, Thin(outcome.Result.Series));

    // Peaks and levels survive thinning: of several stretches the hardest counts.
    private static RowPoint[] Thin(IReadOnlyList<RowPoint> series) =>
        [.. series.Chunk(Math.Max((int)Math.Ceiling(series.Count / (double)Points), 1))
            .Select(points => new RowPoint(points[0].StartSeconds, points.Average(point => point.Mean), points.Max(point => point.Peak), points.Max(point => point.Level)))];

    private sealed class Step(IProgress<(double Share, string What)>? whole, double from, double share, string what) : IProgress<double>
    {
        public void Report(double value) => whole?.Report((from + (share * value), what));
    }
}
