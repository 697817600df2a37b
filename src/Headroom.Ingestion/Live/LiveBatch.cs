using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Live;

/// <summary>Frames that were committed a moment ago.</summary>
/// <param name="AgentId">Who sent them.</param>
/// <param name="CatalogueVersion">Version that the values are ordered by.</param>
/// <param name="Entities">The entities that the frames refer to.</param>
/// <param name="Frames">The frames, oldest first; empty values are missing.</param>
public sealed record LiveBatch(Guid AgentId, int CatalogueVersion, IReadOnlyList<EntityDescriptor> Entities, IReadOnlyList<Frame> Frames);
