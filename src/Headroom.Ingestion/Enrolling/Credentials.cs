using System.Text;

namespace Headroom.Ingestion.Enrolling;

/// <summary>What an Authorization header says: an id, and the secret that goes with it.</summary>
internal readonly record struct Credentials(Guid Id, string Secret)
{
    private const string Bearer = "Bearer ", Basic = "Basic ";

    /// <summary>Longest header that is looked at.</summary>
    private const int MaxHeaderLength = 1024;

    /// <summary>Reads <c>Bearer id.secret</c>, or <c>Basic</c> with the id as user and the secret as password; null for anything else.</summary>
    public static Credentials? Parse(string? header)
    {
        if (header is null || header.Length > MaxHeaderLength)
        {
            return null;
        }

        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Split(header[Bearer.Length..].Trim(), '.');
        }

        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var decoded = new byte[MaxHeaderLength];
        return Convert.TryFromBase64String(header[Basic.Length..].Trim(), decoded, out var length)
            ? Split(Encoding.UTF8.GetString(decoded, 0, length), ':')
            : null;
    }

    private static Credentials? Split(string text, char separator)
    {
        var place = text.IndexOf(separator, StringComparison.Ordinal);
        return place > 0 && Guid.TryParse(text.AsSpan(0, place), out var id) && place + 1 < text.Length
            ? new Credentials(id, text[(place + 1)..])
            : null;
    }
}
