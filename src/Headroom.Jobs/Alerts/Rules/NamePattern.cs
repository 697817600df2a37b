using System.IO.Enumeration;

namespace Headroom.Jobs.Alerts.Rules;

/// <summary>Names with <c>*</c> for any text, upper or lower case.</summary>
public static class NamePattern
{
    /// <summary>Whether a name fits; no pattern fits everything, and a pattern fits nothing that has no name.</summary>
    public static bool Fits(string? pattern, string? name) =>
        string.IsNullOrWhiteSpace(pattern) || (name is not null && FileSystemName.MatchesSimpleExpression(pattern.Trim(), name, ignoreCase: true));
}
