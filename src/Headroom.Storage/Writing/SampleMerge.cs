namespace Headroom.Storage.Writing;

/// <summary>The slow way in, for rows whose instant may be there already: through a temporary table, value by value.</summary>
internal static class SampleMerge
{
    internal const string Table = "incoming_samples";

    internal const string CreateTable =
        $"CREATE TEMPORARY TABLE {Table} (LIKE samples, arrival bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP";

    internal const string Store =
        $"""
        INSERT INTO samples AS old {SampleCopy.Columns}
        SELECT host_id, entity_id, at, max(catalogue_version), merge_readings_all(readings ORDER BY arrival)
        FROM {Table} GROUP BY host_id, entity_id, at
        ON CONFLICT (host_id, entity_id, at) DO UPDATE SET
            readings = merge_readings(old.readings, excluded.readings),
            catalogue_version = greatest(old.catalogue_version, excluded.catalogue_version)
        """;
}
