using System.ComponentModel;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Live;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Web.Api.Versions;
using Headroom.Web.Features.Memory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Memory;

/// <summary>Hosts of the fleet: how much of their memory could live in a slower tier, and each as a machine file.</summary>
internal static class HostMemoryApi
{
    public static void MapHostMemoryApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/hosts/{id:int}/memory", AdviceAsync).WithName("GetHostMemory").WithSummary("How much memory of each workload could live in a slower tier, with the slowdown to expect and the reasons.");
        api.MapGet("/hosts/{id:int}/machine", MachineAsync).WithName("GetHostMachine").WithSummary("The host as a machine file for plans: NUMA nodes, CXL, NVMe and GPUs as its agent tells them.");
    }

    [Refuses("host-memory-unknown")]
    private static async Task<Results<Ok<LiveMemoryAdvice>, ProblemHttpResult>> AdviceAsync(int id, LiveMemoryReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, cancellationToken) is { } advice
            ? TypedResults.Ok(advice)
            : Problems.NotFound("host-memory-unknown", $"Host {id} does not exist or has sent no telemetry of its memory lately; GET /api/v1/hosts lists hosts and when they were last heard.");

    [Versioned, Refuses("host-not-found", "memory-request-invalid")]
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> MachineAsync(
        int id, HostMemories hosts, CancellationToken cancellationToken, [Description("GPU by its name in GET /api/v1/memory/gpus, for a host whose agent tells none.")] string? gpu = null, [Description("How many of them.")] int gpus = 1)
    {
        if (await hosts.ReadAsync(id, cancellationToken) is not { } host)
        {
            return Problems.NotFound("host-not-found", $"There is no host {id}; GET /api/v1/hosts lists them.");
        }

        try
        {
            return TypedResults.Content(MachineReader.Write(HostMemories.Machine(host, gpu is null ? null : GpuCatalogue.Named(gpu, gpus))), "application/json");
        }
        catch (MemoryInputException error)
        {
            return MemoryApi.Invalid(error.Message);
        }
    }
}
