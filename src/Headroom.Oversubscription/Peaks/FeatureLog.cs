using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>The feature rows of a fleet as they were at past moments, the rules' own advice among the features.</summary>
internal sealed class FeatureLog(FleetTrace fleet, PeakSettings settings)
{
    /// <summary>Windows between two logged moments.</summary>
    private const int Stride = 3;

    private static readonly IPeakPredictor[] Rules = [new ResourceCentral(), new NSigma(), new KubernetesVpa(), new Koordinator(), new Krr(TimeSpan.Zero)];

    private readonly IPeakSession[] _rules = Rules.Select(rule => rule.Start(fleet, settings with { WarmUpWindows = 0 })).ToArray();
    private readonly List<Moment> _moments = [];

    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. HostFeatures.Names, .. Rules.Select(rule => $"rule_{rule.Name}")];

    /// <summary>How many rules advise at every moment.</summary>
    public static int RuleCount => Rules.Length;

    /// <summary>Logged moments, oldest first.</summary>
    public IReadOnlyList<Moment> Moments => _moments;

    /// <summary>Logs every moment up to <paramref name="now"/> and returns the one at <paramref name="now"/>.</summary>
    public Moment AdvanceTo(int now, CancellationToken cancellationToken)
    {
        for (var at = _moments.Count == 0 ? Stride : _moments[^1].At + Stride; at < now; at += Stride)
        {
            _moments.Add(Describe(at, cancellationToken));
        }

        var moment = Describe(now, cancellationToken);
        _moments.Add(moment);
        return moment;
    }

    private Moment Describe(int at, CancellationToken cancellationToken)
    {
        var advice = _rules.Select(rule => rule.Advise(at, cancellationToken)).ToArray();
        var rows = new float[fleet.Hosts.Count][];
        var levels = new double[rows.Length];
        var scales = new double[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            var host = fleet.Hosts[index];
            var promised = Math.Max(host.Requested[at], 1e-9);
            rows[index] = [.. HostFeatures.Row(fleet, host, at, settings.HorizonWindows), .. advice.Select(rule => (float)(rule[index] / promised))];
            (levels[index], scales[index]) = HostFeatures.Frame(host, at);
        }

        return new Moment(at, rows, levels, scales, advice);
    }

    /// <summary>The fleet at one moment: a row per host, what its forecast is relative to, and what every rule advised.</summary>
    internal sealed record Moment(int At, float[][] Rows, double[] Levels, double[] Scales, double[][] Rules);
}
