using System.Runtime.CompilerServices;
using Headroom.Jobs.Power;
using Headroom.Oversubscription.Power.Live;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>Power of all hosts together, as the Power page counts it.</summary>
public sealed class RowPowerSignal(WindowMeans means, FleetEntities entities, MinuteCourses courses, IOptions<PowerOptions> options) : IAlertSignal
{
    private static readonly AlertSubject Row = new("pool", "the row");

    public string Name => "row-power";

    public string Title => "Power of the row";

    public string Meaning =>
        "Power of all hosts over what they may draw (Headroom:Power:ProvisionedWatts, else hosts times FullWatts), mean over the window; hosts without sensors are estimated. Missing when no host tells.";

    public bool UsesWindow => true;

    public string PastNote => "The past is held against what the row may draw today.";

    public string UnitOf(AlertRuleRow rule) => "1";

    public string? Problem(AlertRuleRow rule) => string.IsNullOrWhiteSpace(rule.Hosts) ? null : $"hosts: expected none, since the row is all hosts together; got '{rule.Hosts}'";

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = now.AddSeconds(-rule.WindowSeconds);
        var hosts = await means.ReadAsync(EntityKind.Host, PowerSensors.HostMetrics, from, now, cancellationToken).ConfigureAwait(false);
        var gpus = (await means.ReadAsync(EntityKind.Gpu, PowerSensors.GpuMetrics, from, now, cancellationToken).ConfigureAwait(false)).ToLookup(gpu => gpu.HostId, gpu => gpu.Values[0]?.Mean);
        var watts = hosts.Select(host => Watts(host.Host, [.. host.Values.Select(value => value?.Mean)], gpus[host.HostId])).OfType<double>().ToArray();
        return [new AlertReading(Row, Share(watts.Sum(), watts.Length))];
    }

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gpus = (await entities.ReadAsync(EntityKind.Gpu, past.From, cancellationToken).ConfigureAwait(false)).ToLookup(gpu => gpu.HostId);
        var (watts, known) = (new double[past.Count], new int[past.Count]);
        foreach (var host in await entities.ReadAsync(EntityKind.Host, past.From, cancellationToken).ConfigureAwait(false))
        {
            var course = await courses.ReadAsync(host, PowerSensors.HostMetrics, past, cancellationToken).ConfigureAwait(false);
            var boards = new List<double?[]>();
            foreach (var gpu in gpus[host.HostId])
            {
                boards.Add((await courses.ReadAsync(gpu, PowerSensors.GpuMetrics, past, cancellationToken).ConfigureAwait(false)).Mean[0]);
            }

            for (var i = 0; i < past.Count; i++)
            {
                if (Watts(host.Host, [.. course.Mean.Select(metric => metric[i])], boards.Select(board => board[i])) is { } drawn)
                {
                    (watts[i], known[i]) = (watts[i] + drawn, known[i] + 1);
                }
            }
        }

        yield return new AlertCourse(Row, [.. watts.Select((sum, i) => Share(sum, known[i]))]);
    }

    private double? Watts(string host, double?[] values, IEnumerable<double?> gpus) =>
        HostPower.Of(host, PowerSensors.Of(values, gpus), options.Value.IdleWatts, options.Value.FullWatts).Watts;

    private double? Share(double watts, int hosts) => hosts == 0 ? null : watts / (options.Value.ProvisionedWatts ?? (hosts * options.Value.FullWatts));
}
