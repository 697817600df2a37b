namespace Headroom.Oversubscription.Recommendations;

/// <summary>
/// How much early advice adds to the most that was seen: a host known for minutes has not shown its peaks. What is known gains trust by the
/// square root of its share of the cold start, as in limited-fluctuation credibility (Mowbray 1914).
/// </summary>
internal static class EarlyMargin
{
    /// <summary>Share to add, 0 to 1; null when the past is long enough for none, or too short for any forecast.</summary>
    public static double? For(RecommendationInputs inputs)
    {
        var known = Known(inputs);
        return IsCold(inputs) || known >= inputs.Settings.ColdStart
            ? null
            : inputs.Settings.EarlyMargin * (1 - Math.Sqrt(known / inputs.Settings.ColdStart));
    }

    /// <summary>Whether too little is known for any forecast.</summary>
    public static bool IsCold(RecommendationInputs inputs) => Missing(inputs) > TimeSpan.Zero;

    /// <summary>Telemetry that is still needed before there is any forecast; negative once there is more.</summary>
    public static TimeSpan Missing(RecommendationInputs inputs) => Needed(inputs) - Known(inputs);

    /// <summary>Telemetry that there is.</summary>
    public static TimeSpan Known(RecommendationInputs inputs) => TimeSpan.FromSeconds(inputs.Windows * inputs.WindowSeconds);

    /// <summary>Telemetry that a forecast needs.</summary>
    public static TimeSpan Needed(RecommendationInputs inputs) => inputs.Settings.EarlyAfter < inputs.Settings.ColdStart ? inputs.Settings.EarlyAfter : inputs.Settings.ColdStart;
}
