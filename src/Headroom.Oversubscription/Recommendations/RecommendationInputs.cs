using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>Everything that a recommendation for one host is made from: the same inputs give the same recommendation, anywhere.</summary>
/// <param name="HostId">The host.</param>
/// <param name="Host">Its name.</param>
/// <param name="MadeAt">End of the last window, UTC; the recommendation is for the time after it.</param>
/// <param name="WindowSeconds">Length of a window, seconds.</param>
/// <param name="Windows">Windows of the past, the last one ends at <paramref name="MadeAt"/>.</param>
/// <param name="MissingWindows">How many of them had no telemetry and repeat the last known use.</param>
/// <param name="Resources">What the host has of each resource, and who used it.</param>
/// <param name="Promises">What is predicted for the performance of its workloads, where a model says so.</param>
/// <param name="Settings">Risk, horizon and limits.</param>
public sealed record RecommendationInputs(
    int HostId,
    string Host,
    DateTimeOffset MadeAt,
    double WindowSeconds,
    int Windows,
    int MissingWindows,
    IReadOnlyList<ResourcePast> Resources,
    IReadOnlyList<PerformancePromise> Promises,
    RecommendationSettings Settings);

/// <summary>One resource of a host over the past.</summary>
/// <param name="Resource">CPU in cores, memory in GiB.</param>
/// <param name="Capacity">What the host has, in that unit.</param>
/// <param name="Workloads">Who used it; their sum is the host's use.</param>
/// <param name="OutOfMemoryWindows">Windows in which the kernel killed for lack of memory, rising.</param>
public sealed record ResourcePast(Resource Resource, double Capacity, IReadOnlyList<WorkloadUse> Workloads, IReadOnlyList<int> OutOfMemoryWindows);

/// <summary>What one workload used.</summary>
/// <param name="Key">Its key on the host; empty for what belongs to no workload.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Limit">What it was promised and may not exceed, in the resource's unit; null when it has no limit.</param>
/// <param name="FirstWindow">Window in which it appeared.</param>
/// <param name="Used">Use per window from then on, in the resource's unit.</param>
public sealed record WorkloadUse(string Key, string Name, double? Limit, int FirstWindow, float[] Used)
{
    /// <summary>Name of what belongs to no workload: the system and small programs.</summary>
    public const string Rest = "the rest of the host";
}

/// <summary>The predicted performance of a workload beside its neighbours against what it was promised; shares of its median performance alone, from 0, above 1 for a lucky run.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Predicted">Predicted performance.</param>
/// <param name="Lower">Lower end of the prediction's interval.</param>
/// <param name="Promised">Least performance it was promised.</param>
public sealed record PerformancePromise(string Workload, double Predicted, double Lower, double Promised)
{
    /// <summary>Upper end of the prediction's interval; null where the model gives none.</summary>
    public double? Upper { get; init; }

    /// <summary>Probability that the interval holds the truth, 0 to 1; null where the model gives none.</summary>
    public double? Level { get; init; }

    /// <summary>Key of the workload on its host; null where only its name is known.</summary>
    public string? Key { get; init; }

    /// <summary>Id and version of the model that predicted.</summary>
    public string? Model { get; init; }

    /// <summary>When it was predicted, UTC.</summary>
    public DateTimeOffset? PredictedAt { get; init; }

    /// <summary>Whether the promise is broken according to the prediction.</summary>
    public bool IsBroken => Predicted < Promised;

    /// <summary>How far the prediction lies above the promise; negative when it is broken.</summary>
    public double Spare => Predicted - Promised;
}

/// <summary>What the operator accepts.</summary>
/// <param name="Risk">Share of windows in which the joint use may exceed the advice, 0 to 1.</param>
/// <param name="Horizon">For how long one recommendation holds at most.</param>
/// <param name="ColdStart">A host with a shorter past gets early advice, with a margin, or none.</param>
/// <param name="Seed">Seed of whatever is random.</param>
public sealed record RecommendationSettings(double Risk, TimeSpan Horizon, TimeSpan ColdStart, int Seed)
{
    /// <summary>1 % of windows, one hour, 24 hours of cold start (Koordinator's), early advice after 10 minutes with up to 50 % on top, seed 1.</summary>
    public static RecommendationSettings Default { get; } = new(0.01, TimeSpan.FromHours(1), TimeSpan.FromHours(24), 1);

    /// <summary>A host with a shorter past counts as what it promised.</summary>
    public TimeSpan EarlyAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Share that early advice adds to the most that was seen, while hardly anything is known; it falls to 0 at the end of the cold start.</summary>
    public double EarlyMargin { get; init; } = 0.5;
}
