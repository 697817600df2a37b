using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts;

/// <summary>One evaluation of one rule: brings its alerts in line with what its signal says now.</summary>
internal sealed class RulePass(AlertRound round, AlertRuleRow rule, string unit, AlertCondition condition, DateTimeOffset now)
{
    /// <summary>Alerts that began to fire.</summary>
    public int Fired { get; private set; }

    /// <summary>Alerts that ended.</summary>
    public int Ended { get; private set; }

    /// <summary>Ends alerts whatever their signal says; returns how many.</summary>
    public static int EndAll(AlertRound round, IEnumerable<AlertRow> alerts, string because, DateTimeOffset now)
    {
        var ended = 0;
        foreach (var alert in alerts)
        {
            ended++;
            End(round, alert, because, now);
        }

        return ended;
    }

    /// <summary>Moves the rule's open alerts along and begins new ones; returns what kept it from beginning all, or null.</summary>
    public string? Apply(IReadOnlyList<AlertRow> open, IReadOnlyList<AlertReading> readings, int mostOpen)
    {
        var left = open.ToDictionary(alert => alert.SubjectKey);
        var (count, refused) = (open.Count, 0);
        foreach (var reading in readings)
        {
            if (left.Remove(reading.Subject.Key, out var alert))
            {
                Move(alert, reading);
            }
            else if (AlertMachine.Next(AlertProgress.None, reading.Value, now, condition) is { Phase: not AlertPhase.Inactive } begun)
            {
                if (++count > mostOpen)
                {
                    refused++;
                    continue;
                }

                Begin(reading.Subject, begun, reading.Value!.Value);
            }
        }

        foreach (var unseen in left.Values)
        {
            Move(unseen, null);
        }

        return refused == 0 ? null : $"{refused} more subjects pass the threshold than the {mostOpen} that one rule may have open (Headroom:Alerts:MaxOpenPerRule)";
    }

    private static void End(AlertRound round, AlertRow alert, string because, DateTimeOffset now)
    {
        if (alert.State == AlertState.Pending)
        {
            // What never fired leaves no trace.
            round.Remove(alert);
            return;
        }

        (alert.State, alert.ResolvedAt, alert.ResolvedBecause) = (AlertState.Resolved, now, because);
    }

    private void Begin(AlertSubject subject, AlertProgress begun, double value)
    {
        var alert = new AlertRow
        {
            AlertId = Guid.CreateVersion7(now),
            RuleId = rule.RuleId,
            Rule = rule.Name,
            Unit = unit,
            SubjectKey = subject.Key,
            Subject = subject.Name,
            HostId = subject.HostId,
            EntityId = subject.EntityId,
            GroupKey = "",
            PendingAt = now,
            Value = value,
            Worst = value,
        };
        Describe(alert, subject);
        Note(alert, begun, value);
        round.Add(alert);
    }

    private void Move(AlertRow alert, AlertReading? reading)
    {
        if (reading is { IsGone: true })
        {
            Ended += alert.State == AlertState.Firing ? 1 : 0;
            End(round, alert, "what it was about was taken away", now);
            return;
        }

        var before = new AlertProgress(alert.State == AlertState.Firing ? AlertPhase.Firing : AlertPhase.Pending, TimeSpan.FromSeconds(alert.HeldSeconds), alert.BreachAt);
        var next = AlertMachine.Next(before, reading?.Value, now, condition);
        Describe(alert, reading?.Subject);
        if (next.Phase == AlertPhase.Inactive)
        {
            Ended += alert.State == AlertState.Firing ? 1 : 0;
            (alert.Value, alert.ValueAt, alert.NoData) = (reading!.Value!.Value, now, false);
            End(round, alert, "the signal is quiet again", now);
            return;
        }

        Note(alert, next, reading?.Value);
    }

    // Rules and names may change while an alert is open.
    private void Describe(AlertRow alert, AlertSubject? subject)
    {
        (alert.Rule, alert.Severity, alert.Comparison, alert.Threshold) = (rule.Name, rule.Severity, rule.Comparison, rule.Threshold);
        if (subject is not null)
        {
            (alert.Subject, alert.Host) = (subject.Name, subject.Host);
        }

        alert.GroupKey = rule.Grouping switch
        {
            AlertGrouping.Pool => "the pool",
            AlertGrouping.Host when alert.Host is { } host => $"host {host}",
            _ => alert.Subject,
        };
    }

    private void Note(AlertRow alert, AlertProgress progress, double? value)
    {
        if (progress.Phase == AlertPhase.Firing && alert.FiredAt is null)
        {
            (alert.State, alert.FiredAt) = (AlertState.Firing, now);
            Fired++;
        }

        (alert.HeldSeconds, alert.BreachAt, alert.NoData) = (progress.Held.TotalSeconds, progress.BrokenAt, value is null);
        if (value is { } number)
        {
            (alert.Value, alert.ValueAt) = (number, now);
            alert.Worst = condition.IsWorse(number, alert.Worst) ? number : alert.Worst;
        }
    }
}
