using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Jobs.Alerts;

/// <summary>What an evaluation did.</summary>
/// <param name="Rules">Rules that were looked at.</param>
/// <param name="Fired">Alerts that began to fire.</param>
/// <param name="Ended">Alerts that ended.</param>
/// <param name="Messages">Messages that wait to be sent now.</param>
public sealed record AlertTally(int Rules, int Fired, int Ended, int Messages);

/// <summary>Holds every rule against its signal, moves its alerts along and writes the messages. Safe to run beside itself: one worker at a time does it.</summary>
public sealed partial class AlertEvaluation(
    IDbContextFactory<HeadroomDbContext> contexts, AlertSignals signals, AlertAnnouncer announcer, IOptions<AlertOptions> options, TimeProvider clock, ILogger<AlertEvaluation> logger)
{
    /// <summary>Evaluates once; null while another worker is at it.</summary>
    public async Task<AlertTally?> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var round = await AlertRound.TryBeginAsync(contexts, now, cancellationToken).ConfigureAwait(false);
        if (round is null)
        {
            return null;
        }

        var (fired, ended) = (0, 0);
        var open = round.Alerts.Where(alert => alert.State != AlertState.Resolved).ToLookup(alert => alert.RuleId);
        var problems = new List<(Guid RuleId, string? Problem)>();
        var rules = round.Rules.Where(rule => rule.IsEnabled).ToList();
        foreach (var rule in rules)
        {
            var (readings, problem) = await ReadAsync(rule, now, cancellationToken).ConfigureAwait(false);
            var pass = new RulePass(round, rule, signals.Find(rule.Signal)?.UnitOf(rule) ?? "", AlertCondition.Of(rule, TimeSpan.FromSeconds(options.Value.LongestPauseSeconds)), now);
            problem ??= pass.Apply([.. open[rule.RuleId]], readings, options.Value.MaxOpenPerRule);
            (fired, ended) = (fired + pass.Fired, ended + pass.Ended);
            problems.Add((rule.RuleId, problem));
        }

        var known = rules.Select(rule => rule.RuleId).ToHashSet();
        ended += RulePass.EndAll(round, open.Where(group => !known.Contains(group.Key)).SelectMany(group => group), "the rule was switched off", now);
        var messages = announcer.Write(round, now);
        await round.EvaluatedAsync(problems, now, cancellationToken).ConfigureAwait(false);
        await round.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new AlertTally(rules.Count, fired, ended, messages);
    }

    // One signal that cannot be read must not keep the other rules from being looked at: for its own alerts it is as if data were missing.
    private async Task<(IReadOnlyList<AlertReading> Readings, string? Problem)> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (AlertRuleCheck.Problem(rule, signals) is { } unfit)
        {
            return ([], unfit);
        }

        try
        {
            return (await signals.Find(rule.Signal)!.ReadAsync(rule, now, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or InvalidOperationException or ArgumentException or InvalidDataException or InvalidQueryException)
        {
            NotRead(logger, failure, rule.Name);
            return ([], failure is InvalidQueryException ? failure.Message : $"the signal could not be read ({failure.GetType().Name}); the worker's log holds the details");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The signal of the alert rule {Rule} could not be read")]
    private static partial void NotRead(ILogger logger, Exception exception, string rule);
}
