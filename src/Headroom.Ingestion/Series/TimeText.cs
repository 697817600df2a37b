using System.Globalization;

namespace Headroom.Ingestion.Series;

/// <summary>Times in messages to senders: ISO 8601, also for numbers that are no date.</summary>
internal static class TimeText
{
    private const long LastMilliseconds = 253_402_300_799_999;

    public static string Of(long unixMilliseconds) =>
        unixMilliseconds is >= 0 and <= LastMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{unixMilliseconds} ms");
}
