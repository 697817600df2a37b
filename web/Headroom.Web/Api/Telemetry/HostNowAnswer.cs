using Headroom.Web.Features.Hosts;

namespace Headroom.Web.Api.Telemetry;

/// <summary>A host at this moment, as its page shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Live, Late, Silent or Waiting.</param>
/// <param name="At">Time of its newest frame; null before the first.</param>
/// <param name="EntityId">The entity that stands for the host; null before its first frame.</param>
/// <param name="Facts">Operating system, processor, CPUs, memory, in words.</param>
/// <param name="Values">Newest values of the host by the name of the metric, in the unit of the catalogue.</param>
/// <param name="Missing">Metrics of the catalogue that this host gives no values for.</param>
/// <param name="Workloads">Workloads of the last minutes.</param>
/// <param name="Gpus">GPUs of the last minutes.</param>
/// <param name="GpuProcesses">Processes on the GPUs.</param>
internal sealed record HostNowAnswer(
    string Name, string State, DateTimeOffset? At, int? EntityId, IReadOnlyList<string> Facts, IReadOnlyDictionary<string, float> Values, IReadOnlyList<string> Missing,
    IReadOnlyList<EntityNowAnswer> Workloads, IReadOnlyList<EntityNowAnswer> Gpus, IReadOnlyList<EntityNowAnswer> GpuProcesses)
{
    public static HostNowAnswer Of(HostView view) => new(
        view.Name, view.State.ToString(), view.At, view.EntityId, view.Facts, view.Values, [.. view.Missing.Select(metric => metric.Name)],
        [.. view.Workloads.Select(EntityNowAnswer.Of)], [.. view.Gpus.Select(EntityNowAnswer.Of)], [.. view.GpuProcesses.Select(EntityNowAnswer.Of)]);
}

/// <summary>An entity with its newest values.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its key on the host.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="ParentKey">Key of the entity it belongs to.</param>
/// <param name="At">Time of the values; null when it sent nothing lately.</param>
/// <param name="Values">By the name of the metric, in the unit of the catalogue; a metric without a value is not in it.</param>
internal sealed record EntityNowAnswer(int Id, string Key, string Name, string? ParentKey, DateTimeOffset? At, IReadOnlyDictionary<string, float> Values)
{
    public static EntityNowAnswer Of(EntityNow now) => new(now.Entity.EntityId, now.Entity.Key, now.Entity.Name, now.Entity.ParentKey, now.At, now.Values);
}
