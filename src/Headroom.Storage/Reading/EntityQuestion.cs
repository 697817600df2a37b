namespace Headroom.Storage.Reading;

/// <summary>All metrics asked of one entity over one range: they are read together.</summary>
/// <param name="Ordinals">Catalogue ordinals, in the order of <paramref name="Buckets"/>.</param>
internal sealed record EntityQuestion(int HostId, int EntityId, int[] Ordinals, SeriesBuckets[] Buckets, BucketPlan Plan);
