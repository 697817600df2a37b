namespace Headroom.Oversubscription.Recommendations;

/// <summary>Turns a host's past into a recommendation. Pure: the same inputs give the same answer.</summary>
public static class HostAdvisor
{
    /// <summary>Id and version of this way of advising; a change of it makes old snapshots answer differently.</summary>
    public const string Model = "headroom-capacity/1";

    /// <summary>How long the advice of a cold host holds: it says only what is promised, and telemetry grows by the minute.</summary>
    private static readonly TimeSpan ColdExpiry = TimeSpan.FromMinutes(5);

    /// <summary>Makes the recommendation.</summary>
    /// <exception cref="ArgumentException">The inputs hold no window or no resource.</exception>
    public static Recommendation Recommend(RecommendationInputs inputs, CancellationToken cancellationToken)
    {
        if (inputs.Windows < 1 || inputs.Resources.Count == 0)
        {
            throw new ArgumentException($"expected at least one window and one resource of {inputs.Host}, got {inputs.Windows} and {inputs.Resources.Count}", nameof(inputs));
        }

        var advices = inputs.Resources.Select(past => Advise(inputs, past, cancellationToken)).ToArray();
        var (binding, reason) = Binding(advices, inputs.Promises);
        if (binding == InterferenceGuard.Name)
        {
            advices = [.. advices.Select(InterferenceGuard.Close)];
        }

        var moves = inputs.Resources.Zip(advices).SelectMany(pair => CapacityMoves.For(inputs, pair.First, pair.Second)).ToArray();
        var isCold = advices.Any(advice => advice.IsCold);
        return new Recommendation(
            Model,
            inputs.HostId,
            inputs.Host,
            inputs.MadeAt,
            inputs.MadeAt + (isCold ? ColdExpiry : TimeSpan.FromSeconds(HostForecast.HorizonWindows(inputs) * inputs.WindowSeconds)),
            inputs.Settings.Risk,
            inputs.WindowSeconds,
            inputs.Windows * inputs.WindowSeconds,
            advices,
            binding,
            reason,
            moves,
            [.. AdviceText.Notes(inputs)]);
    }

    private static ResourceAdvice Advise(RecommendationInputs inputs, ResourcePast past, CancellationToken cancellationToken)
    {
        var fleet = HostFleet.Make(inputs, past, HostForecast.HorizonWindows(inputs));
        var host = fleet.Hosts[0];
        var promised = host.Requested[inputs.Windows];
        var forecast = HostForecast.Make(inputs, fleet, cancellationToken);
        var isCold = forecast is null || inputs.Windows * inputs.WindowSeconds < inputs.Settings.ColdStart.TotalSeconds;
        var floor = OutOfMemoryFloor.For(past, host, inputs.Windows);
        var advised = Math.Max(isCold ? promised : forecast!.Bound, floor ?? 0);
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
            []);
        return draft with
        {
            Reasons = [.. AdviceText.Reasons(inputs, past, draft, floor)],
            WouldChange = [.. AdviceText.WouldChange(inputs, past, host, draft)],
        };
    }

    private static double? Ratio(double promised, double? peak) => peak is > 0 ? promised / peak : null;

    private static (string Constraint, string Reason) Binding(ResourceAdvice[] advices, IReadOnlyList<PerformancePromise> promises)
    {
        if (InterferenceGuard.Broken(promises) is { } broken)
        {
            return (InterferenceGuard.Name, InterferenceGuard.Reason(broken));
        }

        var tightest = advices.MinBy(advice => advice.Room)!;
        return (AdviceText.NameOf(tightest.Resource), AdviceText.Binding(tightest));
    }
}
