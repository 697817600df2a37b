using Headroom.Storage;

namespace Headroom.Ingestion.Series;

/// <summary>The times that are taken at this moment, in Unix milliseconds; the store has the same bounds.</summary>
internal readonly record struct TimeBounds(long OldestMilliseconds, long NewestMilliseconds)
{
    public static TimeBounds At(DateTimeOffset now, StorageOptions storage) => new(
        (now - storage.SampleRetention).ToUnixTimeMilliseconds(),
        (now + storage.MaxClockLead).ToUnixTimeMilliseconds());
}
