using System.ComponentModel;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Web.Api.Versions;
using Headroom.Web.Features.Hosts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Telemetry;

/// <summary>Hosts, what runs on them, their gaps, and the vocabulary.</summary>
internal static class TelemetryApi
{
    public static void MapTelemetryApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Telemetry");
        api.MapGet("/hosts", ListHostsAsync).WithName("ListHosts").WithSummary("Every measured machine, by id.");
        api.MapGet("/hosts/{id:int}", GetHostAsync).WithName("GetHost").WithSummary("One measured machine.");
        api.MapGet("/hosts/{id:int}/entities", ListEntitiesAsync).WithName("ListEntities").WithSummary("CPUs, disks, workloads, GPUs and so on of a host.");
        api.MapGet("/hosts/{id:int}/gaps", ListGapsAsync).WithName("ListGaps").WithSummary("Frames that were dropped, and why.");
        api.MapGet("/hosts/{id:int}/now", GetNowAsync).WithName("GetHostNow").WithSummary("The newest values of a host, its workloads, GPUs and GPU processes, and what it cannot measure.");
        api.MapGet("/catalogue", GetCatalogue).WithName("GetCatalogue").WithSummary("Every metric: name, unit, kind, source, meaning.");
    }

    private static async Task<Ok<Page<HostAnswer>>> ListHostsAsync(
        HeadroomDbContext db, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        var take = options.Value.Take(limit);
        var hosts = await Answers(db, db.Hosts.Where(host => host.HostId > after).OrderBy(host => host.HostId).Take(take + 1)).ToListAsync(cancellationToken);
        return TypedResults.Ok(ApiOptions.Part(hosts, take, host => host.Id));
    }

    [Refuses("host-not-found")]
    private static async Task<Results<Ok<HostAnswer>, ProblemHttpResult>> GetHostAsync(int id, HeadroomDbContext db, CancellationToken cancellationToken) =>
        await Answers(db, db.Hosts.Where(host => host.HostId == id)).SingleOrDefaultAsync(cancellationToken) is { } found ? TypedResults.Ok(found) : NoHost(id);

    [Refuses("host-not-found", "unknown-entity-kind")]
    private static async Task<Results<Ok<Page<EntityAnswer>>, ProblemHttpResult>> ListEntitiesAsync(
        int id, HeadroomDbContext db, IOptions<ApiOptions> options, CancellationToken cancellationToken, [Description("Only this kind: Host, Cpu, NumaNode, Disk, NetworkInterface, Workload, Gpu or GpuProcess.")] string? kind = null, int after = 0, int? limit = null)
    {
        if (!ChoiceOf<EntityKind>.TryRead("kind", kind, out var wanted, out var problem))
        {
            return Problems.Invalid("unknown-entity-kind", problem);
        }

        if (!await db.Hosts.AnyAsync(host => host.HostId == id, cancellationToken))
        {
            return NoHost(id);
        }

        var take = options.Value.Take(limit);
        var rows = await db.Entities.AsNoTracking()
            .Where(entity => entity.HostId == id && entity.EntityId > after && (wanted == null || entity.Kind == wanted))
            .OrderBy(entity => entity.EntityId).Take(take + 1).ToListAsync(cancellationToken);
        var answers = rows.Select(row => new EntityAnswer(row.EntityId, row.Kind.ToString(), row.Key, row.Name, row.ParentKey, row.Attributes, row.FirstSeenAt, row.LastSeenAt)).ToList();
        return TypedResults.Ok(ApiOptions.Part(answers, take, entity => entity.Id));
    }

    [Refuses("invalid-range")]
    private static async Task<Results<Ok<Page<GapAnswer>>, ProblemHttpResult>> ListGapsAsync(
        int id, long from, long to, HeadroomDbContext db, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null)
    {
        if (!Instants.TryRange(from, to, out var start, out var end, out var problem))
        {
            return problem;
        }

        var (skip, take) = (Math.Max(after, 0), options.Value.Take(limit));
        var rows = await db.Gaps.AsNoTracking()
            .Where(gap => gap.HostId == id && gap.ToAt >= start && gap.FromAt < end)
            .OrderBy(gap => gap.FromAt).ThenBy(gap => gap.FirstSequence).Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        IReadOnlyList<GapAnswer> gaps = [.. rows.Take(take).Select(row => new GapAnswer(row.FromAt.ToUnixTimeMilliseconds(), row.ToAt.ToUnixTimeMilliseconds(), row.Reason, row.FrameCount))];
        return TypedResults.Ok(new Page<GapAnswer>(gaps, rows.Count > take ? skip + take : null));
    }

    [Refuses("host-not-found")]
    private static async Task<Results<Ok<HostNowAnswer>, ProblemHttpResult>> GetNowAsync(int id, HeadroomDbContext db, HostReader reader, CancellationToken cancellationToken) =>
        await db.Hosts.AnyAsync(host => host.HostId == id, cancellationToken) ? TypedResults.Ok(HostNowAnswer.Of(await reader.ReadAsync(id, cancellationToken))) : NoHost(id);

    [Versioned, Refuses("unknown-entity-kind")]
    private static Results<Ok<CatalogueAnswer>, ProblemHttpResult> GetCatalogue(
        [Description("Only this kind: Host, Cpu, NumaNode, Disk, NetworkInterface, Workload, Gpu or GpuProcess.")] string? kind = null, [Description("Only metrics that hold all of these words in name, unit, source or meaning.")] string? find = null) =>
        ChoiceOf<EntityKind>.TryRead("kind", kind, out var wanted, out var problem)
            ? TypedResults.Ok(new CatalogueAnswer(
                MetricCatalogue.Current.Version,
                [.. MetricCatalogue.Current.Search(wanted, find).Select(entry => new MetricAnswer(
                    entry.Kind.ToString(), entry.Metric.Name, entry.Metric.Unit, entry.Metric.Kind.ToString(), entry.Metric.Group, entry.Metric.Source, entry.Metric.Description))]))
            : Problems.Invalid("unknown-entity-kind", problem);

    private static IQueryable<HostAnswer> Answers(HeadroomDbContext db, IQueryable<HostRow> hosts) => hosts.AsNoTracking().Select(host => new HostAnswer(
        host.HostId, host.Key, host.Name, host.FirstSeenAt, db.AgentEpochs.Where(epoch => epoch.HostId == host.HostId).Max(epoch => epoch.LastFrameAt)));

    private static ProblemHttpResult NoHost(int id) => Problems.NotFound("host-not-found", $"There is no host {id}; GET /api/v1/hosts lists them.");
}
