namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Designs as the pieces they are predicted by, every distinct piece once.</summary>
/// <param name="Counts">Pieces of every design.</param>
internal sealed record DesignParts(IReadOnlyList<TrainingRow> Designs, int[] Counts, DistinctRows Distinct)
{
    /// <summary>Puts the numbers of the distinct pieces together, design by design.</summary>
    /// <param name="join">Gets the design, its pieces and their numbers.</param>
    public T[] Join<T>(T[] distinct, Func<TrainingRow, IReadOnlyList<TrainingRow>, IReadOnlyList<T>, T> join)
    {
        var joined = new T[Designs.Count];
        var at = 0;
        for (var design = 0; design < joined.Length; design++)
        {
            var count = Counts[design];
            var (rows, numbers) = (new TrainingRow[count], new T[count]);
            for (var part = 0; part < count; part++)
            {
                var place = Distinct.Place[at++];
                (rows[part], numbers[part]) = (Distinct.Rows[place], distinct[place]);
            }

            joined[design] = join(Designs[design], rows, numbers);
        }

        return joined;
    }
}
