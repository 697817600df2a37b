using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>How much more may be promised on one host, with everything a person needs to trust it or not.</summary>
/// <param name="Model">Id and version of what made it.</param>
/// <param name="HostId">The host.</param>
/// <param name="Host">Its name.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">From when on it must not be used any more, UTC.</param>
/// <param name="Risk">Share of windows that may exceed the advice, 0 to 1.</param>
/// <param name="WindowSeconds">Length of such a window, seconds.</param>
/// <param name="PastSeconds">How much past it rests on, seconds.</param>
/// <param name="Resources">Advice per resource.</param>
/// <param name="BindingConstraint">What runs out first: <c>cpu</c>, <c>memory</c>, or <c>interference</c>.</param>
/// <param name="BindingReason">The same in a sentence.</param>
/// <param name="Moves">What to move away when the host is over, in this order; empty when it is not.</param>
/// <param name="Notes">What else has to be known.</param>
public sealed record Recommendation(
    string Model,
    int HostId,
    string Host,
    DateTimeOffset MadeAt,
    DateTimeOffset ExpiresAt,
    double Risk,
    double WindowSeconds,
    double PastSeconds,
    IReadOnlyList<ResourceAdvice> Resources,
    string BindingConstraint,
    string BindingReason,
    IReadOnlyList<Move> Moves,
    IReadOnlyList<string> Notes)
{
    /// <summary>What would change what runs out first, a sentence each.</summary>
    public IReadOnlyList<string> WouldChange { get; init; } = [];

    /// <summary>Predicted performance of the workloads against their promises, the closest to its promise first; empty where no model predicts.</summary>
    public IReadOnlyList<PerformancePromise> Performance { get; init; } = [];

    /// <summary>Whether the past is short, so that some advice has a margin on top.</summary>
    public bool IsEarly => Resources.Any(advice => advice.EarlyMargin is not null);

    /// <summary>The advice for one resource.</summary>
    public ResourceAdvice For(Resource resource) => Resources.Single(advice => advice.Resource == resource);
}

/// <summary>Advice on one resource; amounts in cores or GiB.</summary>
/// <param name="Resource">CPU or memory.</param>
/// <param name="Capacity">What the host has.</param>
/// <param name="Promised">What is promised on it now.</param>
/// <param name="Used">Use in the last window.</param>
/// <param name="Advised">What the host's workloads need together until the advice expires, at the risk: keep this much for them.</param>
/// <param name="IsCold">The past is too short: what is promised counts as needed.</param>
/// <param name="Forecast">What the past says, also while the host is cold; null while there is too little past for any forecast.</param>
/// <param name="SafeRatio">How much may be promised over the capacity: promised / advised.</param>
/// <param name="SafeRatioLower">The ratio if the coming peak lies at the upper end of its interval.</param>
/// <param name="SafeRatioUpper">The ratio if it lies at the lower end.</param>
/// <param name="PresentRatio">Promised / capacity now.</param>
/// <param name="Reclaimable">Capacity that nobody needs: capacity less advised, not below 0.</param>
/// <param name="Reasons">Why, a sentence each.</param>
/// <param name="WouldChange">What would change it, a sentence each.</param>
public sealed record ResourceAdvice(
    Resource Resource,
    double Capacity,
    double Promised,
    double Used,
    double Advised,
    bool IsCold,
    PeakForecast? Forecast,
    double SafeRatio,
    double? SafeRatioLower,
    double? SafeRatioUpper,
    double PresentRatio,
    double Reclaimable,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> WouldChange)
{
    /// <summary>Utilization is read with an error of this share; a host that is exactly full is not over.</summary>
    private const double ReadingError = 0.001;

    /// <summary>Share that was added to the most that was seen, because the past is short; null on a host that is known well, or not at all.</summary>
    public double? EarlyMargin { get; init; }

    /// <summary>Whether more is needed than there is.</summary>
    public bool IsOver => Advised > Capacity * (1 + ReadingError);

    /// <summary>Share of the capacity that is free at the risk; negative when the host is over.</summary>
    public double Room => (Capacity - Advised) / Capacity;
}

/// <summary>What the host's own past says about its coming peak; amounts in cores or GiB.</summary>
/// <param name="Predictor">Whose advice is taken.</param>
/// <param name="Bound">Its advice: exceeded in at most the risk's share of windows.</param>
/// <param name="Peak">Highest use expected within the horizon: the median of how past peaks lay to past advice.</param>
/// <param name="PeakLower">Lower end of the 90 % interval of that peak.</param>
/// <param name="PeakUpper">Upper end.</param>
/// <param name="HorizonSeconds">For how long, seconds.</param>
/// <param name="OracleReclaimed">Share of the promises that somebody who knows every peak would have left free on the same past.</param>
/// <param name="Backtest">Every predictor on the host's own past.</param>
public sealed record PeakForecast(
    string Predictor,
    double Bound,
    double? Peak,
    double? PeakLower,
    double? PeakUpper,
    double HorizonSeconds,
    double OracleReclaimed,
    IReadOnlyList<BacktestLine> Backtest);

/// <summary>How one predictor did on the host's own past.</summary>
public sealed record BacktestLine(string Predictor, long Windows, double ViolationRate, double? Severity, double Reclaimed, bool OnParetoLine);

/// <summary>A workload to move away, and what that brings.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="Key">Its key on the host.</param>
/// <param name="Resource">The resource that is over.</param>
/// <param name="AdvisedAfter">What the rest needs once it and those before it are gone, cores or GiB.</param>
public sealed record Move(string Workload, string Key, Resource Resource, double AdvisedAfter);
