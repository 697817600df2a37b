using System.Globalization;
using System.Text;
using System.Text.Json;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Storage.Model;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>Messages on their way to real receivers on this machine.</summary>
[Collection(HangfireStatics.Name)]
public sealed class AlertDeliveryTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Secret = "a secret of sixteen or more";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Messages that a test before left waiting would be sent too, and counted.</summary>
    public async ValueTask InitializeAsync()
    {
        if (database.IsThere)
        {
            await using var context = database.CreateContext();
            await context.AlertDeliveries.ExecuteDeleteAsync(Cancellation);
        }
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_receiver_that_fails_twice_gets_the_message_once_and_the_log_has_three_tries()
    {
        await using var receiver = await HttpReceiver.StartAsync(500, 302);
        using var host = new AlertHost(database, Now, ("Headroom:Alerts:BackoffSeconds", "10"));
        var channel = await host.AddChannelAsync("webhook", receiver.Address, Secret);
        await FireAsync(host, channel, "retried");

        Assert.Equal((0, 1), await host.DeliverAsync());
        // Not before its time.
        host.Now += TimeSpan.FromSeconds(9);
        Assert.Equal((0, 0), await host.DeliverAsync());
        host.Now += TimeSpan.FromSeconds(1);
        Assert.Equal((0, 1), await host.DeliverAsync());
        host.Now += TimeSpan.FromSeconds(20);
        Assert.Equal((1, 0), await host.DeliverAsync());
        Assert.Equal((0, 0), await host.DeliverAsync());

        var message = Assert.Single(await host.MessagesAsync(), message => message.ChannelId == channel.ChannelId);
        var log = (await host.Outbox.FindAsync(message.DeliveryId, Cancellation))!;
        Assert.Equal((AlertDeliveryState.Delivered, 3, null), (log.State, log.Attempts, log.Error));
        Assert.Equal(["the receiver answered 500 InternalServerError", "the receiver answered 302 Found", null], log.Tries.Select(attempt => attempt.Error));

        Assert.Equal(3, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(sent => sent.Headers["X-Headroom-Delivery"]).Distinct());
        foreach (var (body, headers) in receiver.Received)
        {
            Assert.Equal(WebhookKind.Signature(Secret, headers["X-Headroom-Timestamp"], Encoding.UTF8.GetBytes(body)), headers["X-Headroom-Signature"]);
            var json = JsonDocument.Parse(body).RootElement;
            Assert.Equal(("firing", "host retried"), (json.GetProperty("status").GetString(), json.GetProperty("group").GetString()));
            Assert.Contains("retried at 99 %, above 90 % since", json.GetProperty("alerts")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_workers_never_send_the_same_message_and_one_that_fails_for_good_is_given_up_and_can_be_tried_again()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var first = new AlertHost(database, Now, ("Headroom:Alerts:MaxAttempts", "2"));
        using var second = new AlertHost(database, first.Now);
        var (good, dead) = (await first.AddChannelAsync("webhook", receiver.Address), await first.AddChannelAsync("webhook", "http://127.0.0.1:9/"));
        for (var i = 0; i < 10; i++)
        {
            await FireAsync(first, good, $"shared-{i}");
        }

        await FireAsync(first, dead, "unreachable");
        second.Now = first.Now;
        await Task.WhenAll(first.DeliverAsync(), second.DeliverAsync());
        Assert.Equal(10, receiver.Received.Count);
        Assert.Equal(10, receiver.Received.Select(sent => sent.Headers["X-Headroom-Delivery"]).Distinct().Count());

        first.Now += TimeSpan.FromHours(1);
        await first.DeliverAsync();
        var lost = Assert.Single(await first.MessagesAsync(AlertDeliveryState.Failed), message => message.ChannelId == dead.ChannelId);
        Assert.Equal((2, "the receiver cannot be reached: it does not accept connections"), (lost.Attempts, lost.Error));
        Assert.True(await first.Outbox.RetryAsync(lost.DeliveryId, Cancellation));
        await first.DeliverAsync();
        Assert.Equal(3, (await first.Outbox.FindAsync(lost.DeliveryId, Cancellation))!.Tries.Count);
    }

    [Fact]
    public async Task Mail_reaches_its_receivers_and_a_test_message_says_how_it_went()
    {
        using var mailbox = new SmtpReceiver();
        using var host = new AlertHost(
            database, Now,
            ("Headroom:Smtp:Host", "127.0.0.1"), ("Headroom:Smtp:Port", mailbox.Port.ToString(CultureInfo.InvariantCulture)), ("Headroom:Smtp:Security", "none"), ("Headroom:Smtp:From", "headroom@example.org"));
        var channel = await host.AddChannelAsync("email", "night@example.org, Day Shift <day@example.org>");
        var taking = mailbox.TakeAsync(Cancellation);
        Assert.Null(await host.Get<AlertDispatch>().TestAsync(channel, "a person", Cancellation));
        var (commands, letter) = await taking;
        Assert.Contains("MAIL FROM:<headroom@example.org>", commands.Select(command => command.Split(" SIZE")[0].Split(" BODY")[0]));
        Assert.Equal(["RCPT TO:<night@example.org>", "RCPT TO:<day@example.org>"], commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).Select(command => command.Split(" NOTIFY")[0]));
        Assert.Contains("Subject: [test] Headroom can reach you", letter, StringComparison.Ordinal);
        Assert.Contains("a person asked for this message", letter, StringComparison.Ordinal);

        mailbox.Dispose();
        host.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("the mail server did not take it: it does not accept connections", await host.Get<AlertDispatch>().TestAsync(channel, "a person", Cancellation));
        Assert.Equal([AlertDeliveryState.Delivered, AlertDeliveryState.Failed], (await host.MessagesAsync()).Where(message => message.ChannelId == channel.ChannelId).Select(message => message.State));
    }

    [Fact]
    public async Task A_slack_hook_gets_text_and_its_address_is_neither_shown_nor_logged()
    {
        await using var receiver = await HttpReceiver.StartAsync(403);
        using var host = new AlertHost(database, Now);
        var channel = await host.AddChannelAsync("slack", "", receiver.Address);
        await FireAsync(host, channel, "a<b>&c");
        await host.DeliverAsync();
        Assert.True(receiver.Received.TryDequeue(out var sent));
        Assert.Contains("a&lt;b&gt;&amp;c", JsonDocument.Parse(sent.Body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", host.Get<AlertChannelKinds>().Find("slack")!.TargetOf(channel), StringComparison.Ordinal);
        Assert.Contains(host.Log.All, line => line.Contains("the receiver answered 403", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.All, line => line.Contains("/hook", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "expected an address outside 169.254.0.0/16")]
    [InlineData("http://[::ffff:169.254.169.254]/", "expected an address outside 169.254.0.0/16")]
    [InlineData("http://[fe80::1]/", "expected an address outside fe80::/10")]
    [InlineData("ftp://example.org/", "expected an address that begins with https:// or http://")]
    [InlineData("http://user:password@example.org/", "expected an address that begins with https:// or http://")]
    [InlineData("nonsense", "expected an address that begins with https:// or http://")]
    public void An_address_that_is_refused_is_refused_with_a_reason(string address, string expected) =>
        Assert.Contains(expected, new AddressGuard(Options.Create(new AlertOptions())).Problem("target", address, isSecret: false), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_that_leads_into_a_refused_network_is_refused_when_it_is_connected()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var host = new AlertHost(database, Now, ("Headroom:Alerts:RefusedNetworks", "127.0.0.0/8, ::1/128"));
        var channel = await host.AddChannelAsync("webhook", receiver.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Contains("which is refused (Headroom:Alerts:RefusedNetworks)", await host.Get<AlertDispatch>().TestAsync(channel, "test", Cancellation), StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
    }

    /// <summary>Makes one message of one alert for one channel.</summary>
    private async Task FireAsync(AlertHost host, AlertChannelRow channel, string name)
    {
        var rule = AlertHost.MemoryRule();
        (rule.ForSeconds, rule.Hosts, rule.Channels) = (0, name.Replace('<', '?').Replace('>', '?'), [channel.ChannelId]);
        await host.OnlyRuleAsync(rule);
        await host.WriteAsync(await database.AddAgentAsync(name, Cancellation), name, 0.99, 30);
        Assert.Equal(1, (await host.EvaluateAsync())!.Fired);
    }
}
