using Headroom.Telemetry.Catalogue;

namespace Headroom.Telemetry.Frames;

/// <summary>Who an entity of a batch is. The server gives every (host, kind, key) one lasting entity id.</summary>
/// <param name="LocalId">Number by which the samples of this batch refer to it; has no meaning outside the batch.</param>
/// <param name="Kind">Host, CPU, workload, GPU and so on.</param>
/// <param name="Key">Stable identity on its host, for example a cgroup path, a container id, a GPU UUID, <c>cpu3</c>; <c>host</c> for the host itself.</param>
/// <param name="Name">Name for people.</param>
/// <param name="ParentKey">Key of the entity it belongs to (a GPU process to its GPU), or null for the host.</param>
/// <param name="Attributes">What else is known: container image, pod, runtime, model of the device; OpenTelemetry attribute names where they exist.</param>
public sealed record EntityDescriptor(
    int LocalId,
    EntityKind Kind,
    string Key,
    string Name,
    string? ParentKey,
    IReadOnlyDictionary<string, string> Attributes);
