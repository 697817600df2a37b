using System.Globalization;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Headroom.Web.Features.Fleet;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Web.Features.Hosts;

/// <summary>Reads what the page of a host shows apart from its charts.</summary>
internal sealed class HostReader(IDbContextFactory<HeadroomDbContext> contexts, EntityReader entities, TimeProvider clock)
{
    // A silent host still shows its last state; what it runs counts as gone after a few minutes without a frame.
    private static readonly TimeSpan HostWindow = TimeSpan.FromDays(30);
    private static readonly TimeSpan PartsWindow = TimeSpan.FromMinutes(5);

    private static readonly string[] FactAttributes = ["os.description", "os.version", "host.cpu.model.name", "host.arch", "host.type"];

    /// <exception cref="InvalidOperationException">There is no such host.</exception>
    public async Task<HostView> ReadAsync(int hostId, CancellationToken cancellationToken)
    {
        var (name, lastFrameAt) = await FindAsync(hostId, cancellationToken);
        var host = (await LatestAsync(hostId, EntityKind.Host, HostWindow, cancellationToken)).MaxBy(entity => entity.At ?? DateTimeOffset.MinValue);
        var values = host?.Values ?? new Dictionary<string, float>();
        return new HostView(
            name,
            FleetSnapshot.StateOf(lastFrameAt, clock.GetUtcNow()),
            lastFrameAt,
            host?.Entity.EntityId,
            host is null ? [] : FactsOf(host),
            host is null ? [] : [.. NowOf(host).Where(now => now.Amount is not null)],
            values,
            [.. MetricCatalogue.Current.For(EntityKind.Host).Where(metric => !values.ContainsKey(metric.Name))],
            [.. (await entities.ListAsync(hostId, EntityKind.Cpu, null, cancellationToken)).OrderBy(cpu => Number(cpu.Key)).ThenBy(cpu => cpu.Key, StringComparer.Ordinal)],
            await LatestAsync(hostId, EntityKind.Workload, PartsWindow, cancellationToken),
            await LatestAsync(hostId, EntityKind.Gpu, PartsWindow, cancellationToken),
            await LatestAsync(hostId, EntityKind.GpuProcess, PartsWindow, cancellationToken));
    }

    /// <summary>Name of a host.</summary>
    public async Task<string> NameAsync(int hostId, CancellationToken cancellationToken) => (await FindAsync(hostId, cancellationToken)).Name;

    /// <summary>Every entity of a kind with its newest values.</summary>
    public async Task<IReadOnlyList<EntityNow>> LatestAsync(int hostId, EntityKind kind, TimeSpan window, CancellationToken cancellationToken)
    {
        var metrics = MetricCatalogue.Current.For(kind).Select(metric => metric.Name).ToList();
        return [.. (await entities.ReadLatestAsync(hostId, kind, metrics, window, cancellationToken)).Select(latest => EntityNow.From(latest, metrics))];
    }

    private async Task<(string Name, DateTimeOffset? LastFrameAt)> FindAsync(int hostId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Hosts.AsNoTracking().Where(host => host.HostId == hostId)
            .Select(host => new { host.Name, At = db.AgentEpochs.Where(epoch => epoch.HostId == hostId).Max(epoch => epoch.LastFrameAt) })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"There is no host {hostId}. It may have been removed; the fleet lists those that exist.");
        return (found.Name, found.At);
    }

    private static List<string> FactsOf(EntityNow host)
    {
        var facts = FactAttributes.Select(name => host.Entity.Attributes.GetValueOrDefault(name)).OfType<string>().ToList();
        if (host["system.cpu.logical.count"] is { } cpus)
        {
            facts.Add(string.Create(CultureInfo.CurrentCulture, $"{cpus:0} CPUs"));
        }

        if (host["system.memory.limit"] is { } memory)
        {
            facts.Add(Shared.Quantity.Text(memory, "By"));
        }

        return facts;
    }

    private static IEnumerable<NowValue> NowOf(EntityNow host)
    {
        NowValue Now(string title, string metric, string unit, string? note = null) => new(title, metric, host[metric], unit, note);
        yield return Now("CPU", "system.cpu.utilization", "1", "busy");
        yield return Now("Memory", "system.memory.utilization", "1", "in use");
        yield return Now("Load", "system.linux.load.1m", "{task}", "tasks, 1 min");
        yield return Now("CPU pressure", "system.pressure.cpu.some", "1", "of the time");
        yield return Now("Memory pressure", "system.pressure.memory.some", "1", "of the time");
        yield return Now("I/O pressure", "system.pressure.io.some", "1", "of the time");
        yield return Now("Network in", "system.network.io.receive", "By/s");
        yield return Now("Power", "hw.host.power", "W", "whole machine");
        yield return Now("CPU package power", "hw.power.cpu.package", "W");
    }

    private static int Number(string key) => int.TryParse(key.AsSpan(key.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var at ? at : key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
