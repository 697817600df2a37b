using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Storage;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>A worker on a real store whose clock the test moves.</summary>
internal sealed class AlertHost : IDisposable
{
    private readonly IHost _host;
    private readonly SetClock _clock;

    public AlertHost(PostgresDatabase database, DateTimeOffset now, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString),
            new("Headroom:Jobs:IsWorker", "false"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        // The store keeps microseconds.
        _clock = new SetClock(DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()));
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
        _host = builder.Build();
    }

    public DateTimeOffset Now
    {
        get => _clock.Now;
        set => _clock.Now = value;
    }

    /// <summary>Everything that was logged, at every level.</summary>
    public LogLines Log { get; } = new();

    public AlertBook Book => Get<AlertBook>();

    public AlertOutbox Outbox => Get<AlertOutbox>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public void Dispose() => _host.Dispose();

    public Task<AlertTally?> EvaluateAsync() => Get<AlertEvaluation>().RunAsync(Cancellation);

    /// <summary>Moves the clock on and evaluates.</summary>
    public Task<AlertTally?> EvaluateAfterAsync(int seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return EvaluateAsync();
    }

    public Task<(int Delivered, int Failed)> DeliverAsync() => Get<AlertDispatch>().RunAsync(Cancellation);

    public async Task<AlertRow> OpenAsync(AlertRuleRow rule) => Assert.Single(await Book.OpenAsync(100, Cancellation), alert => alert.RuleId == rule.RuleId);

    public async Task<IReadOnlyList<AlertDeliveryRow>> MessagesAsync(AlertDeliveryState? state = null) =>
        [.. (await Outbox.ListAsync(new AlertDeliveryQuestion(State: state), 100, Cancellation)).OrderBy(message => message.CreatedAt)];

    /// <summary>Only this rule looks: those that came with the program are deleted.</summary>
    public async Task<AlertRuleRow> OnlyRuleAsync(AlertRuleRow rule)
    {
        foreach (var other in await Get<AlertRules>().ListAsync(Cancellation))
        {
            await Get<AlertRules>().DeleteAsync(other.RuleId, Cancellation);
        }

        Assert.Null(await Get<AlertDesk>().AddAsync(rule, Cancellation));
        return rule;
    }

    public async Task<AlertChannelRow> AddChannelAsync(string kind, string target, string? secret = null)
    {
        var channel = new AlertChannelRow { ChannelId = Guid.NewGuid(), Name = $"{kind} {Guid.NewGuid():N}", Kind = kind, Target = target, Secret = secret, ChangedAt = Now, ChangedBy = "test" };
        Assert.Null(await Get<AlertDesk>().AddAsync(channel, Cancellation));
        return channel;
    }

    public static AlertRuleRow MemoryRule(string? hosts = null) => new()
    {
        RuleId = Guid.NewGuid(),
        Name = $"memory {Guid.NewGuid():N}",
        Signal = "metric",
        Kind = EntityKind.Host,
        Metric = "system.memory.utilization",
        WindowSeconds = 30,
        Threshold = 0.9,
        ClearThreshold = 0.8,
        ForSeconds = 60,
        Severity = AlertSeverity.Warning,
        Hosts = hosts,
        ChangedBy = "test",
    };

    /// <summary>Stores a metric of a host once every <paramref name="everySeconds"/> over the time before now.</summary>
    public async Task WriteAsync(AgentRow agent, string host, double value, int seconds, string metric = "system.memory.utilization", int everySeconds = 1)
    {
        EntityDescriptor[] entities = [new(1, EntityKind.Host, "host", host, null, new Dictionary<string, string>())];
        var vector = new MetricVector(MetricCatalogue.Current.For(EntityKind.Host).Count);
        vector[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, metric)!.Value] = (float)value;
        var frames = Enumerable.Range(0, seconds / everySeconds).Select(i => new Frame(
            i + 1,
            DateTimeOffset.FromUnixTimeMilliseconds((Now - TimeSpan.FromSeconds(seconds - (i * everySeconds))).ToUnixTimeMilliseconds()),
            [new EntitySample(1, vector)])).ToArray();
        await Get<TelemetryWriter>().WriteAsync([new FrameBatch(agent.AgentId, Guid.NewGuid(), MetricCatalogue.Current.Version, entities, frames, [])], Cancellation);
    }
}
