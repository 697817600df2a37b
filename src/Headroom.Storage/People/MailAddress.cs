namespace Headroom.Storage.People;

/// <summary>The form of a mail address. Nothing is sent to it, so that only its shape is looked at.</summary>
public static class MailAddress
{
    /// <summary>Longest address, characters.</summary>
    public const int MaxLength = 256;

    public static bool IsValid(string? address) =>
        address is { Length: >= 3 and <= MaxLength }
        && address.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at < address.Length - 1
        && address.IndexOf('@', at + 1) < 0
        && address.All(letter => letter is > ' ' and <= '~' and not ('<' or '>' or '"' or ',' or ';' or '\\'));

    public static string Expected(string? address) => $"address: expected a mail address of at most {MaxLength} characters such as ada@example.org, got '{address}'.";
}
