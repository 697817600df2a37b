namespace Headroom.Telemetry.Wire;

/// <summary>The range of times that the wire carries, that of <see cref="DateTimeOffset"/>.</summary>
internal static class WireTime
{
    public const long LeastUnixMilliseconds = -62_135_596_800_000;
    public const long MostUnixMilliseconds = 253_402_300_799_999;
}
