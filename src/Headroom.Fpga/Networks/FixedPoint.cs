using System.Globalization;
using System.Text.RegularExpressions;

namespace Headroom.Fpga.Networks;

/// <summary>A fixed-point number format: total bits and integer bits (sign included when signed), as in ap_fixed&lt;16,6&gt;.</summary>
public sealed partial record FixedPoint(int Bits, int IntegerBits, bool IsSigned = true)
{
    public const int MaximumBits = 1024;

    /// <summary>hls4ml's default precision.</summary>
    public static FixedPoint Default { get; } = new(16, 6);

    /// <summary>Reads ap_fixed&lt;B,I,…&gt;, fixed&lt;B,I&gt;, ufixed, ap_int&lt;B&gt;, int&lt;B&gt;, with or without spaces; null for <c>auto</c> and anything else.</summary>
    public static FixedPoint? TryParse(string? text)
    {
        if (text is null || text.Length > 100)
        {
            return null;
        }

        var match = Format().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var bits = int.Parse(match.Groups["bits"].ValueSpan, CultureInfo.InvariantCulture);
        var whole = match.Groups["kind"].Value == "int";
        var integerBits = match.Groups["integer"].Success ? int.Parse(match.Groups["integer"].ValueSpan, CultureInfo.InvariantCulture) : whole ? bits : bits;
        return bits is < 1 or > MaximumBits ? null : new FixedPoint(bits, integerBits, !match.Groups["unsigned"].Success);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsSigned ? "" : "u")}fixed<{Bits},{IntegerBits}>");

    [GeneratedRegex(@"^\s*(?:ap_)?(?<unsigned>u)?(?<kind>fixed|int)\s*<\s*(?<bits>\d{1,4})\s*(?:,\s*(?<integer>-?\d{1,4})\s*(?:,[^>]*)?)?>\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Format();
}
