using Headroom.Oversubscription.Power.Live;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Storage.Model;
using Headroom.Storage.Power;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Power;

/// <summary>What the watch saw last, and what it has decided so far.</summary>
/// <param name="At">Time of the reading.</param>
/// <param name="Policy">Who decides.</param>
/// <param name="Watts">Power of all hosts that tell of it, W; null when none does.</param>
/// <param name="ProvisionedWatts">Power they may draw, W; null without hosts.</param>
/// <param name="ProvisionedAssumed">Whether that is an assumption, because no limit is configured.</param>
/// <param name="Level">How hard the fleet would be held.</param>
/// <param name="Plan">The clocks that would be set.</param>
/// <param name="Hosts">Every host that sends telemetry.</param>
/// <param name="Mode">Whether and where limits are written, in a sentence.</param>
/// <param name="Ledger">Decisions, the newest first; those of earlier runs of the server too.</param>
public sealed record RowWatchState(
    DateTimeOffset At, string Policy, double? Watts, double? ProvisionedWatts, bool ProvisionedAssumed, PowerLevel Level, ClockPlan Plan,
    IReadOnlyList<HostPower> Hosts, string Mode, IReadOnlyList<PowerDecision> Ledger);

/// <summary>Runs the power policy on the fleet's own telemetry and writes its decisions down: a dry run, unless the operator allows limits on this machine.</summary>
public sealed partial class RowWatch(
    FleetReader fleet, EntityReader entities, PowerLedger ledger, HostLimits limits, IOptions<PowerOptions> options, TimeProvider clock, ILogger<RowWatch> logger) : BackgroundService
{
    private static readonly PolcaSettings Thresholds = new();
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly List<PowerDecisionRow> _unwritten = [];
    private IReadOnlyList<PowerDecision>? _ledger;
    private DateTimeOffset _forgottenAt;
    private volatile RowWatchState? _latest;

    /// <summary>The last reading; null before the first.</summary>
    public RowWatchState? Latest => _latest;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var controller = new RowController(PowerPolicies.Named(options.Value.Policy), Thresholds, clock.GetUtcNow());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.WatchSeconds), clock);
        try
        {
            do
            {
                try
                {
                    _latest = await ReadAsync(controller, stoppingToken).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is Npgsql.NpgsqlException or TimeoutException or DbUpdateException)
                {
                    // The database is away for a moment; the next reading comes soon.
                    ReadFailed(logger, failure);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task<RowWatchState> ReadAsync(RowController controller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var settings = options.Value;
        var lines = await fleet.ReadAsync(new FleetRequest(PowerSensors.HostMetrics, PowerSensors.CpuUtilization, Fresh, 1), cancellationToken).ConfigureAwait(false);
        var hosts = new List<HostPower>();
        foreach (var host in lines.Where(line => line.LastFrameAt > now - Fresh))
        {
            var gpus = host.GpuCount == 0 ? [] : await GpuWattsAsync(host.HostId, cancellationToken).ConfigureAwait(false);
            hosts.Add(HostPower.Of(host.Name, PowerSensors.Of([.. host.Latest.Select(value => (double?)value)], gpus), settings.IdleWatts, settings.FullWatts));
        }

        var known = hosts.Where(host => host.Watts is not null).ToArray();
        double? watts = known.Length == 0 ? null : known.Sum(host => host.Watts);
        double? provisioned = known.Length == 0 ? null : settings.ProvisionedWatts ?? known.Length * settings.FullWatts;
        if (watts is { } drawn && provisioned is { } limit && controller.Read(now, drawn, limit) is { } decision)
        {
            var written = limits.Apply(decision.Plan, Thresholds);
            Decided(logger, decision.Reading, decision.Text, written ?? "dry run");
            _unwritten.Add(Row(decision with { Written = written }, settings.Policy, limit));
        }

        var decisions = await KeepAsync(now, cancellationToken).ConfigureAwait(false);
        return new RowWatchState(now, settings.Policy, watts, provisioned, settings.ProvisionedWatts is null, controller.Level, controller.Plan, hosts, limits.Mode, decisions);
    }

    /// <summary>Writes new decisions down, also those that could not be written before, and returns the newest of all.</summary>
    private async Task<IReadOnlyList<PowerDecision>> KeepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_unwritten.Count > 0)
        {
            await ledger.AddAsync(_unwritten, cancellationToken).ConfigureAwait(false);
            _unwritten.Clear();
            _ledger = null;
        }

        if (now - _forgottenAt >= ForgetEvery)
        {
            await ledger.ForgetAsync(now - TimeSpan.FromDays(options.Value.KeepDays), cancellationToken).ConfigureAwait(false);
            _forgottenAt = now;
        }

        return _ledger ??= [.. (await ledger.NewestAsync(options.Value.LedgerLines, cancellationToken).ConfigureAwait(false)).Select(Decision)];
    }

    private static PowerDecisionRow Row(PowerDecision decision, string policy, double provisionedWatts) => new()
    {
        DecisionId = Guid.CreateVersion7(decision.At),
        At = decision.At,
        Policy = policy,
        Watts = decision.Watts,
        ProvisionedWatts = provisionedWatts,
        Level = decision.Level.ToString(),
        LowMhz = decision.Plan.LowMhz,
        HighMhz = decision.Plan.HighMhz,
        Brake = decision.Plan.Brake,
        Text = decision.Text,
        Written = decision.Written,
    };

    private static PowerDecision Decision(PowerDecisionRow row) => new(
        row.At, row.Watts / row.ProvisionedWatts, row.Watts, Enum.Parse<PowerLevel>(row.Level), new ClockPlan(row.LowMhz, row.HighMhz, row.Brake), row.Text)
    {
        Written = row.Written,
    };

    private async Task<IEnumerable<double?>> GpuWattsAsync(int hostId, CancellationToken cancellationToken) =>
        (await entities.ReadLatestAsync(hostId, EntityKind.Gpu, PowerSensors.GpuMetrics, Fresh, cancellationToken).ConfigureAwait(false)).Select(gpu => (double?)gpu.Values[0]);

    [LoggerMessage(Level = LogLevel.Information, Message = "Power policy at {Reading:P1} of provisioned power: {Text} ({Written})")]
    private static partial void Decided(ILogger logger, double reading, string text, string written);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The fleet's power could not be read")]
    private static partial void ReadFailed(ILogger logger, Exception exception);
}
