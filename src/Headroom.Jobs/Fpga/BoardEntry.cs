using System.Globalization;
using Headroom.Fpga.Boards;

namespace Headroom.Jobs.Fpga;

/// <summary>A board as a user states it; whatever is missing or wrong is said by <see cref="Problem"/>.</summary>
/// <param name="Source">Where the numbers come from.</param>
public sealed record BoardEntry(string? Name, string? Part, double? Lut, double? FlipFlop, double? Dsp, double? BlockRam18, double? UltraRam, string? Source)
{
    private const int LongestName = 64;
    private const int LongestText = 400;
    private const double LargestCapacity = 1e9;

    /// <summary>What keeps it from being a board, in words; null when nothing does.</summary>
    public string? Problem()
    {
        if (Name is not { Length: > 0 and <= LongestName } || !Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
        {
            return $"name: expected up to {LongestName} lower-case letters, digits, - and _, got '{Name}'.";
        }

        if (Part is not { Length: > 0 and <= LongestText } || Source is not { Length: > 0 and <= LongestText })
        {
            return $"part, source: expected texts of up to {LongestText} characters; the source says where the numbers come from.";
        }

        (string Name, double? Value)[] numbers = [("lut", Lut), ("flipFlop", FlipFlop), ("dsp", Dsp), ("blockRam18", BlockRam18), ("ultraRam", UltraRam ?? 0)];
        return numbers.FirstOrDefault(number => number.Value is not (>= 0 and <= LargestCapacity)) is { Name: { } wrong } bad
            ? $"{wrong}: expected a number from 0 to {LargestCapacity:0}, got {bad.Value?.ToString(CultureInfo.InvariantCulture) ?? "none"}."
            : null;
    }

    /// <summary>The board; only of an entry without a <see cref="Problem"/>.</summary>
    public Board ToBoard() => new(Name!, Part!, new Headroom.Fpga.Boards.Capacity(Lut!.Value, FlipFlop!.Value, Dsp!.Value, BlockRam18!.Value, UltraRam ?? 0), Source!);
}
