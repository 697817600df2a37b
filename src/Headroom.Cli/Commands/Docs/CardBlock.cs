namespace Headroom.Cli.Commands.Docs;

/// <summary>The part of a model card that the program writes, between two marks.</summary>
internal static class CardBlock
{
    public const string Begin = "<!-- written by headroom docs models, do not edit -->";
    public const string End = "<!-- end of what is written -->";

    /// <param name="name">What the text is called when it has no such part.</param>
    /// <exception cref="FormatException">The marks are missing.</exception>
    public static string Replace(string name, string text, string facts)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? $"{text[..(begin + Begin.Length)]}\n\n{facts.Trim()}\n\n{text[end..]}"
            : throw new FormatException($"{name}: expected the lines '{Begin}' and, below, '{End}'.");
    }
}
