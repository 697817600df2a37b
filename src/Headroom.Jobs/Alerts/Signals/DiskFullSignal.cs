using System.Runtime.CompilerServices;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Learning.Statistics;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>When the fullest filesystem of a host is full at its pace of the last hours: a straight line through hourly means.</summary>
public sealed class DiskFullSignal(HourlyMeans hours, WindowMeans means, IOptions<AlertOptions> options) : IAlertSignal
{
    private const string Metric = "system.filesystem.utilization.fullest";
    private const int LeastPoints = 3;

    /// <summary>What does not grow is full this late, s: later than any threshold that makes sense.</summary>
    private const double NotSoon = 3650 * 86_400.0;

    public string Name => "disk-full";

    public string Title => "Time until a filesystem is full";

    public string Meaning =>
        $"Seconds until the fullest filesystem of a host is full at its pace of the last hours (Headroom:Alerts:DiskTrendHours), ten years when it does not grow. Missing before {LeastPoints} hours are known.";

    public bool UsesWindow => true;

    public string PastNote => "The past is told by whole hours.";

    public string UnitOf(AlertRuleRow rule) => "s";

    public string? Problem(AlertRuleRow rule) => null;

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var past = (await hours.ReadAsync(Metric, now.AddHours(-options.Value.DiskTrendHours), now, cancellationToken).ConfigureAwait(false)).ToDictionary(host => host.HostId, host => host.Hours);
        var found = await means.ReadAsync(EntityKind.Host, [Metric], now.AddSeconds(-rule.WindowSeconds), now, cancellationToken).ConfigureAwait(false);
        return
        [
            .. found.Where(host => NamePattern.Fits(rule.Hosts, host.Host)).Select(host => new AlertReading(
                AlertSubject.OfHost(host.HostId, host.Host),
                host.Values[0] is { } present && past.TryGetValue(host.HostId, out var before) ? SecondsLeft([.. before.Select(Middle), (now, present.Mean)]) : null)),
        ];
    }

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trend = TimeSpan.FromHours(options.Value.DiskTrendHours);
        var found = await hours.ReadAsync(Metric, past.From - trend, past.To, cancellationToken).ConfigureAwait(false);
        foreach (var host in found.Where(host => NamePattern.Fits(rule.Hosts, host.Host)).Take(past.MaxSubjects + 1))
        {
            yield return new AlertCourse(AlertSubject.OfHost(host.HostId, host.Host), Course(host.Hours, past, trend));
        }
    }

    /// <summary>Seconds until the line reaches 1 from the newest point; null for too few points.</summary>
    internal static double? SecondsLeft(IReadOnlyList<(DateTimeOffset At, double Used)> points) =>
        points.Count < LeastPoints || StraightLine.Slope(points) is not { } slope ? null : slope <= 0 ? NotSoon : Math.Min(NotSoon, Math.Max(0, 1 - points[^1].Used) / slope);

    // An hour is known once it is over, and tells until the next one does.
    private static double?[] Course(IReadOnlyList<(DateTimeOffset At, double Mean)> hours, AlertPast past, TimeSpan trend)
    {
        var values = new double?[past.Count];
        for (var i = 0; i < past.Count; i++)
        {
            var at = past.TimeOf(i);
            if (i > 0 && at.Minute != 0)
            {
                values[i] = values[i - 1];
                continue;
            }

            var known = hours.Where(hour => hour.At.AddHours(1) <= at && hour.At >= at - trend).Select(Middle).ToArray();
            values[i] = known.Length > 0 && known[^1].At > at.AddHours(-2) ? SecondsLeft(known) : null;
        }

        return values;
    }

    private static (DateTimeOffset At, double Mean) Middle((DateTimeOffset At, double Mean) hour) => (hour.At.AddMinutes(30), hour.Mean);
}
