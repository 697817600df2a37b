using System.Globalization;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>A host is full when a workload's predicted performance falls below its promise, even if its CPU is not.</summary>
internal static class InterferenceGuard
{
    public const string Name = "interference";

    /// <summary>The promise that is broken the most; null when none is.</summary>
    public static PerformancePromise? Broken(IReadOnlyList<PerformancePromise> promises) =>
        promises.Where(promise => promise.IsBroken).MinBy(promise => promise.Predicted - promise.Promised);

    public static string Reason(PerformancePromise broken) => string.Create(
        CultureInfo.InvariantCulture,
        $"The host is full: {broken.Workload} is predicted to run at {broken.Predicted:P0} of its speed alone, below the {broken.Promised:P0} it was promised.");

    /// <summary>Nothing may be added: no more than what is promised now, nothing reclaimable.</summary>
    public static ResourceAdvice Close(ResourceAdvice advice) => advice with
    {
        SafeRatio = Math.Min(advice.SafeRatio, advice.PresentRatio),
        SafeRatioLower = null,
        SafeRatioUpper = null,
        Reclaimable = 0,
        Reasons = [.. advice.Reasons, "Nothing can be added, since a workload already runs slower than it was promised."],
    };
}
