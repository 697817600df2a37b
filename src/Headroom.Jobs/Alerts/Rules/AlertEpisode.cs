namespace Headroom.Jobs.Alerts.Rules;

/// <summary>One time that a rule fired on one subject.</summary>
/// <param name="BrokenAt">First value of trouble.</param>
/// <param name="FiredAt">When it fired.</param>
/// <param name="EndedAt">When it ended; null when it still fires at the end.</param>
/// <param name="Worst">The value furthest in trouble.</param>
public sealed record AlertEpisode(DateTimeOffset BrokenAt, DateTimeOffset FiredAt, DateTimeOffset? EndedAt, double Worst)
{
    /// <summary>The times that a rule would have fired on a course of values.</summary>
    /// <param name="values">Values, a step apart; null where missing.</param>
    /// <param name="first">Time of the first.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="condition">The rule.</param>
    public static IReadOnlyList<AlertEpisode> Of(IReadOnlyList<double?> values, DateTimeOffset first, TimeSpan step, AlertCondition condition)
    {
        var episodes = new List<AlertEpisode>();
        var progress = AlertProgress.None;
        var (brokenAt, firedAt, worst) = (first, first, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            var at = first + (i * step);
            var next = AlertMachine.Next(progress, values[i], at, condition);
            if (next.Phase != AlertPhase.Inactive && values[i] is { } value)
            {
                (brokenAt, worst) = progress.Phase == AlertPhase.Inactive ? (at, value) : (brokenAt, condition.IsWorse(value, worst) ? value : worst);
            }

            firedAt = next.Phase == AlertPhase.Firing && progress.Phase != AlertPhase.Firing ? at : firedAt;
            if (progress.Phase == AlertPhase.Firing && next.Phase == AlertPhase.Inactive)
            {
                episodes.Add(new AlertEpisode(brokenAt, firedAt, at, worst));
            }

            progress = next;
        }

        if (progress.Phase == AlertPhase.Firing)
        {
            episodes.Add(new AlertEpisode(brokenAt, firedAt, null, worst));
        }

        return episodes;
    }
}
