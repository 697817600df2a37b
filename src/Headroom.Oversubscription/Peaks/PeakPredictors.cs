namespace Headroom.Oversubscription.Peaks;

/// <summary>Every predictor, by name: the rivals' rules as documented, and ours.</summary>
public static class PeakPredictors
{
    /// <summary>Name of the predictor whose advice the platform gives.</summary>
    public const string Ours = JointForecast.PredictorName;

    public static IReadOnlyList<IPeakPredictor> Rivals { get; } =
    [
        new BorgDefault(),
        new ResourceCentral(),
        new NSigma(),
        new MaxPredictor(),
        new KubernetesVpa(),
        new Koordinator(),
        new Crane(),
        new Krr(),
    ];

    public static IReadOnlyList<IPeakPredictor> All { get; } = [.. Rivals, new JointForecast()];
}
