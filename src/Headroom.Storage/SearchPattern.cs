namespace Headroom.Storage;

/// <summary>What a person looks for, as LIKE wants it.</summary>
internal static class SearchPattern
{
    /// <summary>Texts that contain this one, in which no sign is a wildcard.</summary>
    public static string Containing(string text) =>
        $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
