namespace Headroom.MemoryPlacement.Footprints;

/// <summary>One number of a footprint that opens into its formula.</summary>
/// <param name="Name">What is stored.</param>
/// <param name="Bytes">How much.</param>
/// <param name="Formula">The formula with its symbols.</param>
/// <param name="Numbers">The same formula with this case's numbers.</param>
/// <param name="Source">Where the formula or the stated constant comes from.</param>
public sealed record FootprintTerm(string Name, double Bytes, string Formula, string Numbers, string Source);

/// <summary>A sum of terms that live in one place.</summary>
public sealed record Footprint(string Place, IReadOnlyList<FootprintTerm> Terms)
{
    public double Bytes => Terms.Sum(term => term.Bytes);
}
