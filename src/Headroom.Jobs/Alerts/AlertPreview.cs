using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Model;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts;

/// <summary>What a rule would have done in the past.</summary>
/// <param name="From">Start of the past that was looked at.</param>
/// <param name="To">Its end.</param>
/// <param name="Unit">UCUM unit of the values; empty for a plain number.</param>
/// <param name="Fired">How often it would have fired.</param>
/// <param name="Subjects">Subjects that were looked at.</param>
/// <param name="IsPartial">Whether there are more subjects.</param>
/// <param name="DataRatio">Share of steps of those subjects that had a value, 0 to 1; null without subjects.</param>
/// <param name="Episodes">When and on what, the newest first, at most <see cref="MostEpisodes"/>.</param>
/// <param name="Chart">The subject on which it fired most often, or came closest; null without values.</param>
/// <param name="Note">What is different about the past of this signal; null for nothing.</param>
public sealed record AlertPreviewAnswer(
    DateTimeOffset From, DateTimeOffset To, string Unit, int Fired, int Subjects, bool IsPartial, double? DataRatio, IReadOnlyList<PreviewEpisode> Episodes, PreviewChart? Chart, string? Note)
{
    /// <summary>Episodes that are listed.</summary>
    public const int MostEpisodes = 200;
}

/// <summary>One time that the rule would have fired.</summary>
public sealed record PreviewEpisode(string Subject, DateTimeOffset BrokenAt, DateTimeOffset FiredAt, DateTimeOffset? EndedAt, double Worst);

/// <summary>The course of one subject from its first value on: each point is the value of its stretch that is furthest in trouble.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Points">Time and value; null where nothing was measured.</param>
/// <param name="Episodes">When the rule would have fired on it.</param>
public sealed record PreviewChart(string Subject, IReadOnlyList<PreviewPoint> Points, IReadOnlyList<AlertEpisode> Episodes);

/// <summary>One point of a course.</summary>
public sealed record PreviewPoint(DateTimeOffset At, double? Value);

/// <summary>Tries a rule on the stored past with the machine that decides live, before the rule is kept.</summary>
public sealed class AlertPreview(AlertSignals signals, IOptions<AlertOptions> options, TimeProvider clock)
{
    private const int ChartPoints = 600;

    /// <summary>Tries a rule that <see cref="AlertRuleCheck"/> finds fine.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="days">How much past, in days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<AlertPreviewAnswer> RunAsync(AlertRuleRow rule, int days, CancellationToken cancellationToken)
    {
        var signal = signals.Find(rule.Signal)!;
        var now = clock.GetUtcNow();
        var to = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % AlertPast.Step.Ticks), TimeSpan.Zero);
        var past = new AlertPast(to.AddDays(-days), (int)(TimeSpan.FromDays(days) / AlertPast.Step), options.Value.PreviewSubjects);
        // In the past nobody paused: a step that has a value counts whole.
        var condition = AlertCondition.Of(rule, AlertPast.Step);
        var (subjects, known) = (0, 0L);
        var all = new List<PreviewEpisode>();
        (AlertCourse Course, IReadOnlyList<AlertEpisode> Episodes, double Worst)? shown = null;
        await foreach (var course in signal.PastAsync(rule, past, cancellationToken).ConfigureAwait(false))
        {
            if (++subjects > past.MaxSubjects)
            {
                break;
            }

            var episodes = AlertEpisode.Of(course.Values, past.TimeOf(0), AlertPast.Step, condition);
            all.AddRange(episodes.Select(episode => new PreviewEpisode(course.Subject.Name, episode.BrokenAt, episode.FiredAt, episode.EndedAt, episode.Worst)));
            known += course.Values.Count(value => value is not null);
            if (Worst(course.Values, condition) is { } worst
                && (shown is not { } best || episodes.Count > best.Episodes.Count || (episodes.Count == best.Episodes.Count && condition.IsWorse(worst, best.Worst))))
            {
                shown = (course, episodes, worst);
            }
        }

        var looked = Math.Min(subjects, past.MaxSubjects);
        return new AlertPreviewAnswer(
            past.From, past.To, signal.UnitOf(rule), all.Count, looked, subjects > past.MaxSubjects, looked == 0 ? null : known / (double)(looked * (long)past.Count),
            [.. all.OrderByDescending(episode => episode.FiredAt).Take(AlertPreviewAnswer.MostEpisodes)],
            shown is { } chart ? new PreviewChart(chart.Course.Subject.Name, Points(chart.Course.Values, past, condition), chart.Episodes) : null,
            signal.PastNote);
    }

    private static double? Worst(IEnumerable<double?> values, AlertCondition condition)
    {
        double? worst = null;
        foreach (var value in values.OfType<double>())
        {
            worst = worst is { } known && !condition.IsWorse(value, known) ? known : value;
        }

        return worst;
    }

    // From the first value on: a host that came yesterday shall not be a stroke at the edge of a week.
    private static IReadOnlyList<PreviewPoint> Points(double?[] values, AlertPast past, AlertCondition condition)
    {
        var first = Array.FindIndex(values, value => value is not null);
        var width = Math.Max(1, (past.Count - first + ChartPoints - 1) / ChartPoints);
        return [.. values.Skip(first).Chunk(width).Select((chunk, i) => new PreviewPoint(past.TimeOf(Math.Min(past.Count, first + ((i + 1) * width)) - 1), Worst(chunk, condition)))];
    }
}
