using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>Turns a host's past into a recommendation. Pure: the same inputs give the same answer.</summary>
public static class HostAdvisor
{
    /// <summary>Id and version of this way of advising; a change of it makes old snapshots answer differently.</summary>
    public const string Model = "headroom-capacity/3";

    /// <summary>How long the advice of a cold host holds at most: it says only what is promised, and telemetry grows by the minute.</summary>
    private static readonly TimeSpan ColdExpiry = TimeSpan.FromMinutes(5);

    /// <summary>How long it holds at least; a host that is warm in seconds is advised anew by the next run of the job.</summary>
    private static readonly TimeSpan ShortestExpiry = TimeSpan.FromMinutes(1);

    /// <summary>How long early advice holds at least; the job that makes it runs every minute.</summary>
    private static readonly TimeSpan EarlyExpiry = TimeSpan.FromMinutes(3);

    /// <summary>Makes the recommendation.</summary>
    /// <exception cref="ArgumentException">The inputs hold no window or no resource.</exception>
    public static Recommendation Recommend(RecommendationInputs inputs, CancellationToken cancellationToken)
    {
        if (inputs.Windows < 1 || inputs.Resources.Count == 0)
        {
            throw new ArgumentException($"expected at least one window and one resource of {inputs.Host}, got {inputs.Windows} and {inputs.Resources.Count}", nameof(inputs));
        }

        var advices = inputs.Resources.Select(past => Advise(inputs, past, cancellationToken)).ToArray();
        var broken = InterferenceGuard.Broken(inputs.Promises);
        var tightest = advices.MinBy(advice => advice.Room)!;
        if (broken is not null)
        {
            advices = [.. advices.Select(InterferenceGuard.Close)];
        }

        var moves = inputs.Resources.Zip(advices).SelectMany(pair => CapacityMoves.For(inputs, pair.First, pair.Second)).ToArray();
        return new Recommendation(
            Model,
            inputs.HostId,
            inputs.Host,
            inputs.MadeAt,
            inputs.MadeAt + HoldsFor(inputs, advices),
            inputs.Settings.Risk,
            inputs.WindowSeconds,
            inputs.Windows * inputs.WindowSeconds,
            advices,
            broken is null ? AdviceText.NameOf(tightest.Resource) : InterferenceGuard.Name,
            broken is null ? AdviceText.Binding(tightest) : InterferenceGuard.Reason(broken),
            moves,
            [.. AdviceText.Notes(inputs)])
        {
            WouldChange = broken is null ? [] : [.. InterferenceGuard.WouldChange(inputs, broken)],
            Performance = [.. inputs.Promises.OrderBy(promise => promise.Spare)],
        };
    }

    private static TimeSpan HoldsFor(RecommendationInputs inputs, ResourceAdvice[] advices)
    {
        var horizon = TimeSpan.FromSeconds(HostForecast.HorizonWindows(inputs) * inputs.WindowSeconds);
        return advices.Any(advice => advice.IsCold) ? WhileCold(inputs)
            : advices.Any(advice => advice.EarlyMargin is not null) && horizon < EarlyExpiry ? EarlyExpiry
            : horizon;
    }

    /// <summary>Not beyond the moment from which on a number can be given.</summary>
    private static TimeSpan WhileCold(RecommendationInputs inputs)
    {
        var missing = EarlyMargin.Missing(inputs);
        return missing <= TimeSpan.Zero || missing > ColdExpiry ? ColdExpiry
            : missing < ShortestExpiry ? ShortestExpiry
            : missing;
    }

    private static ResourceAdvice Advise(RecommendationInputs inputs, ResourcePast past, CancellationToken cancellationToken)
    {
        var fleet = HostFleet.Make(inputs, past, HostForecast.HorizonWindows(inputs));
        var host = fleet.Hosts[0];
        var promised = host.Requested[inputs.Windows];
        var forecast = HostForecast.Make(inputs, fleet, cancellationToken);
        var isCold = forecast is null || EarlyMargin.IsCold(inputs);
        var margin = isCold ? null : EarlyMargin.For(inputs);
        var floor = OutOfMemoryFloor.For(past, host, inputs.Windows);
        var needed = isCold ? promised : margin is { } added ? Early(forecast!, host, inputs.Windows, added, promised) : forecast!.Bound;
        var advised = Math.Max(needed, floor ?? 0);
        var draft = new ResourceAdvice(
            past.Resource,
            past.Capacity,
            promised,
            host.Total[inputs.Windows - 1],
            advised,
            isCold,
            forecast,
            promised / advised,
            isCold ? null : Ratio(promised, Math.Max(advised, forecast!.PeakUpper ?? advised)),
            isCold ? null : Ratio(promised, forecast!.PeakLower),
            promised / past.Capacity,
            Math.Max(0, past.Capacity - advised),
            [],
            [])
        {
            EarlyMargin = margin,
        };
        return draft with
        {
            Reasons = [.. AdviceText.Reasons(inputs, past, draft, floor)],
            WouldChange = [.. AdviceText.WouldChange(inputs, past, host, draft)],
        };
    }

    private static double? Ratio(double promised, double? peak) => peak is > 0 ? promised / peak : null;

    /// <summary>The most that was seen or is bounded, and the margin on top; never more than what is promised, unless more was seen.</summary>
    private static double Early(PeakForecast forecast, HostSeries host, int windows, double margin, double promised)
    {
        var seen = 0.0;
        foreach (var total in host.Total[..windows])
        {
            seen = Math.Max(seen, total);
        }

        var most = Math.Max(seen, Math.Max(forecast.Bound, forecast.PeakUpper ?? 0));
        return Math.Max(seen, Math.Min(promised, most * (1 + margin)));
    }
}
