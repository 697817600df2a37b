using System.Globalization;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>The sentences of a recommendation.</summary>
internal static class AdviceText
{
    private const double HigherRisk = 5;

    public static string NameOf(Resource resource) => resource == Resource.Cpu ? "cpu" : "memory";

    public static string Binding(ResourceAdvice tightest) => Text(
        $"{Title(tightest.Resource)} runs out first: {tightest.Advised:0.##} of {Amount(tightest.Capacity, tightest.Resource)} are needed, {Math.Max(0, tightest.Room):P0} is free.");

    public static IEnumerable<string> Reasons(RecommendationInputs inputs, ResourcePast past, ResourceAdvice advice, double? floor)
    {
        var unlimited = past.Workloads.Count(workload => workload.Key.Length > 0 && workload.Limit is not > 0);
        if (unlimited > 0)
        {
            yield return Text($"{unlimited} workloads have no {(past.Resource == Resource.Cpu ? "CPU" : "memory")} limit: together they count as promised what the limits leave of the host.");
        }

        if (advice.IsCold)
        {
            yield return EarlyMargin.IsCold(inputs)
                ? Text($"Cold: {Span(EarlyMargin.Known(inputs))} of telemetry is less than the {Span(EarlyMargin.Needed(inputs))} that a forecast needs, so everything counts as what it was promised.")
                : Text($"Cold: {inputs.Windows} windows of telemetry are too few for a forecast, so everything counts as what it was promised.");
        }
        else if (advice.EarlyMargin is { } margin)
        {
            yield return Text($"{Span(EarlyMargin.Known(inputs))} of history: {margin:P0} are added to the most that was seen or forecast, less every minute until {Span(inputs.Settings.ColdStart)} are known; never more than what is promised.");
        }
        else if (advice.Forecast is { } forecast)
        {
            yield return forecast.Predictor == PeakPredictors.Ours
                ? Text($"The forecast of the joint use, bounded at {inputs.Settings.Risk:P1} of windows, lies on the Pareto line of all rules on this host's own past.")
                : Text($"On this host's own past the rule {forecast.Predictor} kept {inputs.Settings.Risk:P1} better or left more free than our forecast, so its advice is given.");
        }

        if (advice.Forecast is { Peak: { } peak, PeakLower: { } lower, PeakUpper: { } upper } known2)
        {
            yield return Text($"Highest use expected in the next {Span(TimeSpan.FromSeconds(known2.HorizonSeconds))}: {Amount(peak, past.Resource)} [{lower:0.##}, {upper:0.##}] at 90 %.");
        }

        if (floor is { } seen && advice.Advised <= seen)
        {
            yield return Text($"Held at {Amount(seen, past.Resource)}, the most seen since the kernel killed for lack of memory {past.OutOfMemoryWindows.Count} times.");
        }
    }

    public static IEnumerable<string> WouldChange(RecommendationInputs inputs, ResourcePast past, HostSeries host, ResourceAdvice advice)
    {
        if (advice.IsCold)
        {
            var missing = EarlyMargin.IsCold(inputs) ? EarlyMargin.Missing(inputs) : TimeSpan.FromSeconds((HostForecast.FewestWindows - inputs.Windows) * inputs.WindowSeconds);
            yield return advice.Forecast is { } early
                ? Text($"{Span(missing)} more of telemetry: if they looked like the past ones, {Amount(early.Bound, past.Resource)} would be needed and the safe ratio would be {advice.Promised / early.Bound:0.00}.")
                : Text($"{Span(missing)} more of telemetry.");
            yield break;
        }

        if (advice is { EarlyMargin: not null, Forecast: { } known } && known.Bound > 0)
        {
            yield return Text($"{Span(inputs.Settings.ColdStart - EarlyMargin.Known(inputs))} more of telemetry: the margin is gone then; without it {Amount(known.Bound, past.Resource)} would be needed and the safe ratio would be {advice.Promised / known.Bound:0.00}.");
        }

        var sorted = host.Total[..inputs.Windows].ToArray();
        Array.Sort(sorted);
        var higher = Math.Min(0.5, inputs.Settings.Risk * HigherRisk);
        var (now, then) = (At(sorted, 1 - inputs.Settings.Risk), At(sorted, 1 - higher));
        if (now > 0 && then < now)
        {
            yield return Text($"Accepting {higher:P0} instead of {inputs.Settings.Risk:P0} of windows: about {Amount(advice.Advised * then / now, past.Resource)} needed, safe ratio about {advice.SafeRatio * now / then:0.00}.");
        }

        var living = past.Workloads.Where(workload => workload.Key.Length > 0 && workload.FirstWindow + workload.Used.Length >= inputs.Windows).ToArray();
        if (living.MaxBy(workload => CapacityMoves.HighUse([workload], inputs)) is { } largest)
        {
            var after = advice.Advised + CapacityMoves.HighUse([largest], inputs);
            yield return Text($"One more workload like {largest.Name}, the largest: at most {Amount(after, past.Resource)} needed, {Math.Max(0, (past.Capacity - after) / past.Capacity):P0} free.");
        }
    }

    public static IEnumerable<string> Notes(RecommendationInputs inputs)
    {
        if (inputs.MissingWindows > 0)
        {
            yield return Text($"{inputs.MissingWindows} of {inputs.Windows} windows have no telemetry; the use before them was taken to go on.");
        }

        if (inputs.Windows * inputs.WindowSeconds < TimeSpan.FromDays(1).TotalSeconds)
        {
            yield return "Less than a day is known: a daily rhythm cannot show yet.";
        }

        yield return InterferenceGuard.Note(inputs.Promises) ?? "No model predicts the performance of these workloads yet, so only CPU and memory are looked at.";
    }

    private static double At(double[] sorted, double level) => sorted[Math.Clamp((int)Math.Ceiling(level * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static string Title(Resource resource) => resource == Resource.Cpu ? "CPU" : "Memory";

    private static string Amount(double amount, Resource resource) => Text($"{amount:0.##} {(resource == Resource.Cpu ? "cores" : "GiB")}");

    private static string Span(TimeSpan span) => span switch
    {
        { TotalHours: >= 2 } => Text($"{span.TotalHours:0.#} h"),
        { TotalMinutes: >= 2 } => Text($"{span.TotalMinutes:0} min"),
        _ => Text($"{Math.Max(0, span.TotalSeconds):0} s"),
    };

    // The invariant culture writes percent as "1 %", with a space.
    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
