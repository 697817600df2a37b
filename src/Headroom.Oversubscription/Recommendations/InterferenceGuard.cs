using System.Globalization;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>A host is full when a workload's predicted performance falls below its promise, even if its CPU is not.</summary>
internal static class InterferenceGuard
{
    public const string Name = "interference";

    /// <summary>The promise that is broken the most; null when none is.</summary>
    public static PerformancePromise? Broken(IReadOnlyList<PerformancePromise> promises) =>
        promises.Where(promise => promise.IsBroken).MinBy(promise => promise.Spare);

    public static string Reason(PerformancePromise broken) => Text(
        $"The host is full: {broken.Workload} is predicted to run at {Around(broken)} of its speed alone, below the {broken.Promised:P0} it was promised.");

    /// <summary>What would make the host less than full again, a sentence each.</summary>
    public static IEnumerable<string> WouldChange(RecommendationInputs inputs, PerformancePromise broken)
    {
        if (Loudest(inputs, broken) is var (loudest, share) && share > 0)
        {
            yield return Text($"Moving {loudest} away: it uses {share:P0} of the CPU that the neighbours of {broken.Workload} use together; the prediction after it tells whether that is enough.");
        }

        yield return broken.Lower < broken.Predicted
            ? Text($"A promise to {broken.Workload} of at most {broken.Predicted:P0} instead of {broken.Promised:P0}; of at most {broken.Lower:P0} if it has to hold at the lower end of the interval too.")
            : Text($"A promise to {broken.Workload} of at most {broken.Predicted:P0} instead of {broken.Promised:P0}.");
    }

    /// <summary>What the predictions say of the whole host; null where there are none.</summary>
    public static string? Note(IReadOnlyList<PerformancePromise> promises)
    {
        var broken = promises.Count(promise => promise.IsBroken);
        return promises.MinBy(promise => promise.Spare) is not { } tightest ? null
            : broken == 0 ? Text($"All {promises.Count} predicted workloads keep their promise; the closest is {tightest.Workload} with {Around(tightest)} for a promise of {tightest.Promised:P0}.")
            : Text($"{broken} of {promises.Count} predicted workloads fall below their promise.");
    }

    /// <summary>Nothing may be added: no more than what is promised now, nothing reclaimable.</summary>
    public static ResourceAdvice Close(ResourceAdvice advice) => advice with
    {
        SafeRatio = Math.Min(advice.SafeRatio, advice.PresentRatio),
        SafeRatioLower = null,
        SafeRatioUpper = null,
        Reclaimable = 0,
        Reasons = [.. advice.Reasons, "Nothing can be added, since a workload already runs slower than it was promised."],
    };

    // The neighbour that used the most CPU in the last hour of windows, as far as the past goes.
    private static (string Name, double Share)? Loudest(RecommendationInputs inputs, PerformancePromise broken)
    {
        var recent = Math.Max(1, Math.Min(inputs.Windows, (int)(TimeSpan.FromHours(1).TotalSeconds / inputs.WindowSeconds)));
        var neighbours = inputs.Resources.FirstOrDefault(past => past.Resource == Resource.Cpu)?.Workloads
            .Where(workload => workload.Key.Length > 0 && workload.Key != broken.Key && workload.Name != broken.Workload && workload.FirstWindow + workload.Used.Length >= inputs.Windows)
            .Select(workload => (workload.Name, Used: (double)workload.Used.TakeLast(recent).Sum()))
            .ToArray() ?? [];
        var all = neighbours.Sum(neighbour => neighbour.Used);
        return all > 0 ? neighbours.Select(neighbour => (neighbour.Name, neighbour.Used / all)).MaxBy(neighbour => neighbour.Item2) : null;
    }

    private static string Around(PerformancePromise promise) => (promise.Upper, promise.Level) switch
    {
        ({ } upper, { } level) => Text($"{promise.Predicted:P0} [{promise.Lower:P0}, {upper:P0}; {level:P0} interval]"),
        ({ } upper, null) => Text($"{promise.Predicted:P0} [{promise.Lower:P0}, {upper:P0}]"),
        _ => Text($"{promise.Predicted:P0} (at least {promise.Lower:P0})"),
    };

    // The invariant culture writes percent as "1 %", with a space.
    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
