using Headroom.Jobs.Alerts;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Testing;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>Rules on telemetry in a real store: from the first bad value to the last message.</summary>
[Collection(HangfireStatics.Name)]
public sealed class AlertEvaluationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Nowhere = "http://127.0.0.1:9/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_rule_waits_fires_survives_missing_data_and_ends_only_beyond_the_band()
    {
        using var host = new AlertHost(database, Now);
        var agent = await database.AddAgentAsync("life", Cancellation);
        var rule = await host.OnlyRuleAsync(AlertHost.MemoryRule("life"));
        await host.WriteAsync(agent, "life", 0.95, 30);

        await host.EvaluateAsync();
        var pending = await host.OpenAsync(rule);
        Assert.Equal((AlertState.Pending, "life", false), (pending.State, pending.Subject, pending.NoData));
        Assert.Equal(0.95, pending.Value, 5);

        // Half a minute without a value: the time does not count, and the alert says that data are missing.
        await host.EvaluateAfterAsync(40);
        Assert.Equal((AlertState.Pending, true), ((await host.OpenAsync(rule)).State, (await host.OpenAsync(rule)).NoData));

        host.Now += TimeSpan.FromSeconds(30);
        await host.WriteAsync(agent, "life", 0.97, 30);
        await host.EvaluateAsync();
        Assert.Equal(AlertState.Pending, (await host.OpenAsync(rule)).State);
        for (var i = 0; i < 2; i++)
        {
            host.Now += TimeSpan.FromSeconds(30);
            await host.WriteAsync(agent, "life", 0.96, 30);
            await host.EvaluateAsync();
        }

        var firing = await host.OpenAsync(rule);
        Assert.Equal((AlertState.Firing, pending.AlertId, pending.PendingAt), (firing.State, firing.AlertId, firing.PendingAt));
        Assert.Equal(0.97, firing.Worst, 5);

        // Inside the band, and without data: nothing changes.
        host.Now += TimeSpan.FromSeconds(30);
        await host.WriteAsync(agent, "life", 0.85, 30);
        await host.EvaluateAsync();
        Assert.Equal((AlertState.Firing, 0.85f), ((await host.OpenAsync(rule)).State, (float)(await host.OpenAsync(rule)).Value));
        await host.EvaluateAfterAsync(3_600);
        Assert.Equal((AlertState.Firing, true), ((await host.OpenAsync(rule)).State, (await host.OpenAsync(rule)).NoData));

        await host.WriteAsync(agent, "life", 0.5, 30);
        await host.EvaluateAsync();
        Assert.Empty(await host.Book.OpenAsync(10, Cancellation));
        var ended = await host.Book.FindAsync(firing.AlertId, Cancellation);
        Assert.Equal((AlertState.Resolved, "the signal is quiet again", host.Now), (ended!.State, ended.ResolvedBecause, ended.ResolvedAt!.Value));
    }

    [Fact]
    public async Task Another_worker_goes_on_where_one_stopped_and_two_at_once_tell_nobody_twice()
    {
        DateTimeOffset now;
        AlertRuleRow rule;
        AlertChannelRow channel;
        var agent = await database.AddAgentAsync("handed-over", Cancellation);
        using (var first = new AlertHost(database, Now))
        {
            rule = await first.OnlyRuleAsync(AlertHost.MemoryRule("handed-over"));
            channel = await first.AddChannelAsync("webhook", Nowhere);
            await first.WriteAsync(agent, "handed-over", 0.99, 60);
            await first.EvaluateAsync();
            await first.EvaluateAfterAsync(20);
            now = first.Now;
        }

        using var second = new AlertHost(database, now + TimeSpan.FromSeconds(40));
        using var third = new AlertHost(database, now + TimeSpan.FromSeconds(40));
        await second.WriteAsync(agent, "handed-over", 0.99, 40);
        var tallies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? second : third).EvaluateAsync()));

        Assert.Equal(AlertState.Firing, (await second.OpenAsync(rule)).State);
        Assert.Equal(1, tallies.Sum(tally => tally?.Fired ?? 0));
        Assert.Equal($"[firing] host handed-over: {rule.Name}", Assert.Single(await MessagesToAsync(second, channel)).Title);
    }

    [Fact]
    public async Task A_silence_keeps_messages_back_but_not_the_record_and_what_still_fires_is_told_when_it_ends()
    {
        using var host = new AlertHost(database, Now);
        var rule = await host.OnlyRuleAsync(AlertHost.MemoryRule("quiet-*"));
        var channel = await host.AddChannelAsync("webhook", Nowhere);
        var agent = await database.AddAgentAsync("quiet-1", Cancellation);
        var silence = new AlertSilenceRow
        {
            SilenceId = Guid.NewGuid(), Hosts = "quiet-*", StartsAt = host.Now, EndsAt = host.Now.AddHours(1), Reason = "maintenance", CreatedBy = "test", CreatedAt = host.Now,
        };
        Assert.Null(await host.Get<AlertDesk>().SilenceAsync(silence, Cancellation));
        for (var i = 0; i < 4; i++)
        {
            host.Now += TimeSpan.FromSeconds(30);
            await host.WriteAsync(agent, "quiet-1", 0.99, 30);
            await host.EvaluateAsync();
        }

        var firing = await host.OpenAsync(rule);
        Assert.Equal((AlertState.Firing, null), (firing.State, firing.ToldAt));
        Assert.NotNull(firing.MutedAt);
        var muted = Assert.Single(await MessagesToAsync(host, channel));
        Assert.Equal((AlertDeliveryState.Muted, "silenced by test: maintenance"), (muted.State, muted.Error));

        Assert.True(await host.Get<AlertSilences>().EndAsync(silence.SilenceId, Cancellation));
        host.Now += TimeSpan.FromSeconds(30);
        await host.WriteAsync(agent, "quiet-1", 0.99, 30);
        await host.EvaluateAsync();
        Assert.NotNull((await host.OpenAsync(rule)).ToldAt);

        host.Now += TimeSpan.FromSeconds(30);
        await host.WriteAsync(agent, "quiet-1", 0.1, 30);
        await host.EvaluateAsync();
        var messages = await MessagesToAsync(host, channel);
        Assert.Equal([AlertDeliveryState.Muted, AlertDeliveryState.Waiting, AlertDeliveryState.Waiting], messages.Select(message => message.State));
        Assert.Equal([$"[firing] host quiet-1: {rule.Name}", $"[resolved] host quiet-1: {rule.Name}"], messages.Skip(1).Select(message => message.Title));
    }

    [Fact]
    public async Task Alerts_of_one_group_share_a_message_and_a_rule_that_goes_ends_its_alerts()
    {
        using var host = new AlertHost(database, Now);
        var rule = AlertHost.MemoryRule("crowd-*");
        (rule.Grouping, rule.ForSeconds) = (AlertGrouping.Pool, 0);
        await host.OnlyRuleAsync(rule);
        var channel = await host.AddChannelAsync("webhook", Nowhere);
        var elsewhere = await host.AddChannelAsync("webhook", Nowhere);
        rule.Channels = [channel.ChannelId];
        Assert.Null(await host.Get<AlertDesk>().ReplaceAsync(rule, Cancellation));
        for (var i = 0; i < 3; i++)
        {
            await host.WriteAsync(await database.AddAgentAsync($"crowd-{i}", Cancellation), $"crowd-{i}", 0.99, 30);
        }

        Assert.Equal(3, (await host.EvaluateAsync())!.Fired);
        Assert.Equal($"[3 firing] the pool: {rule.Name}", Assert.Single(await MessagesToAsync(host, channel)).Title);
        Assert.Empty(await MessagesToAsync(host, elsewhere));

        await host.Get<AlertRules>().DeleteAsync(rule.RuleId, Cancellation);
        Assert.Empty(await host.Book.OpenAsync(10, Cancellation));
        var ended = await host.Book.ListAsync(new AlertQuestion(RuleId: rule.RuleId), 10, Cancellation);
        Assert.All(ended, alert => Assert.Equal((AlertState.Resolved, "the rule was deleted"), (alert.State, alert.ResolvedBecause)));
        Assert.Equal(3, ended.Count);
    }

    [Fact]
    public async Task A_silent_agent_fires_until_it_is_heard_again_and_a_revoked_one_is_let_go()
    {
        using var host = new AlertHost(database, Now);
        var rule = AlertHost.MemoryRule("gone-*");
        (rule.Signal, rule.Kind, rule.Metric, rule.Threshold, rule.ClearThreshold, rule.ForSeconds) = ("agent-silence", null, null, 120, 30, 0);
        await host.OnlyRuleAsync(rule);
        var (back, revoked) = (await database.AddAgentAsync("gone-1", Cancellation), await database.AddAgentAsync("gone-2", Cancellation));
        await host.WriteAsync(back, "gone-1", 0.5, 5);
        await host.WriteAsync(revoked, "gone-2", 0.5, 5);
        Assert.Equal(0, (await host.EvaluateAfterAsync(100))!.Fired);
        Assert.Equal(2, (await host.EvaluateAfterAsync(60))!.Fired);

        await host.WriteAsync(back, "gone-1", 0.5, 5);
        await using (var context = database.CreateContext())
        {
            context.Agents.Single(agent => agent.AgentId == revoked.AgentId).RevokedAt = host.Now;
            await context.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(2, (await host.EvaluateAsync())!.Ended);
        var ended = await host.Book.ListAsync(new AlertQuestion(RuleId: rule.RuleId), 10, Cancellation);
        Assert.Equal(["the signal is quiet again", "what it was about was taken away"], ended.OrderBy(alert => alert.Subject).Select(alert => alert.ResolvedBecause!));
    }

    [Fact]
    public async Task A_preview_tells_when_a_rule_would_have_fired_on_the_stored_past()
    {
        using var host = new AlertHost(database, Now);
        var rule = AlertHost.MemoryRule("past");
        var agent = await database.AddAgentAsync("past", Cancellation);
        var end = host.Now;
        foreach (var (minutesAgo, value) in new[] { (200, 0.5), (180, 0.95), (170, 0.85), (160, 0.5), (100, 0.99), (90, 0.4) })
        {
            host.Now = end - TimeSpan.FromMinutes(minutesAgo - 10);
            await host.WriteAsync(agent, "past", value, 600, everySeconds: 10);
        }

        host.Now = end;
        var answer = await host.Get<AlertPreview>().RunAsync(rule, 1, Cancellation);

        Assert.Equal((2, 1, false, "1"), (answer.Fired, answer.Subjects, answer.IsPartial, answer.Unit));
        Assert.Equal([0.99f, 0.95f], answer.Episodes.Select(episode => (float)episode.Worst));
        // Ten minutes above, the first of them pending, then ten in the band: still firing there.
        Assert.InRange(answer.Episodes[1].EndedAt!.Value - answer.Episodes[1].FiredAt, TimeSpan.FromMinutes(18), TimeSpan.FromMinutes(20));
        Assert.InRange(answer.Episodes[0].EndedAt!.Value - answer.Episodes[0].FiredAt, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.Equal("past", answer.Chart!.Subject);
        Assert.InRange(answer.DataRatio!.Value, 55.0 / 1440, 65.0 / 1440);
        Assert.Equal(0.99f, (float)answer.Chart.Points.Max(point => point.Value)!.Value);
    }

    [Fact]
    public async Task Every_signal_reads_its_present_and_its_past_from_an_empty_store()
    {
        using var host = new AlertHost(database, Now);
        foreach (var signal in host.Get<Jobs.Alerts.Signals.AlertSignals>().All)
        {
            var rule = AlertHost.MemoryRule(hosts: signal.Name is "row-power" or "model-drift" ? null : "nobody");
            rule.Signal = signal.Name;
            Assert.Null(signal.Problem(rule));
            Assert.All(await signal.ReadAsync(rule, host.Now, Cancellation), reading => Assert.True(reading.Value is null or >= 0));
            var answer = await host.Get<AlertPreview>().RunAsync(rule, 1, Cancellation);
            Assert.Equal(0, answer.Fired);
        }
    }

    [Fact]
    public async Task A_rule_that_makes_no_sense_is_told_what_was_expected()
    {
        using var host = new AlertHost(database, Now);
        foreach (var (break_, expected) in new (Action<AlertRuleRow>, string)[]
        {
            (rule => rule.Signal = "nonsense", "signal: expected one of metric, agent-silence"),
            (rule => rule.Metric = "nonsense", "metric: expected a metric of the catalogue for a Host"),
            (rule => rule.WindowSeconds = 3_600, "windowSeconds: expected 5 to 600, got 3600"),
            (rule => rule.ClearThreshold = 0.95, "clearThreshold: expected a number at or below the threshold 0.9, got 0.95"),
            (rule => rule.Threshold = double.NaN, "clearThreshold: expected a number"),
            (rule => rule.ForSeconds = -1, "forSeconds: expected 0 to 604800, got -1"),
            (rule => rule.Channels = [Guid.Empty], "channels: expected ids of channels"),
        })
        {
            var rule = AlertHost.MemoryRule();
            break_(rule);
            Assert.StartsWith(expected, await host.Get<AlertDesk>().AddAsync(rule, Cancellation), StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<AlertDeliveryRow>> MessagesToAsync(AlertHost host, AlertChannelRow channel) =>
        [.. (await host.MessagesAsync()).Where(message => message.ChannelId == channel.ChannelId)];
}
