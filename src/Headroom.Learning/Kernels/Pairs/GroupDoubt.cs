namespace Headroom.Learning.Kernels.Pairs;

/// <summary>
/// Groups that all others contradict count less: one pairing that was measured under other conditions would otherwise teach something false about every other pairing of its jobs.
/// What a process says of a group that is left out follows from the inverse of its matrix alone (Rasmussen and Williams 2006, section 5.4.2, for groups).
/// </summary>
internal static class GroupDoubt
{
    /// <summary>A group whose mean error, left out, is more than this many times the usual one is doubted.</summary>
    private const double Usual = 2;

    /// <summary>Further noise per row, as a variance in the targets' unit: what is beyond the usual is taken for an error that all rows of the group share.</summary>
    /// <param name="inverse">Inverse of the kernel matrix, noise included.</param>
    /// <param name="weights">The inverse times the targets.</param>
    /// <param name="groups">Group of each row.</param>
    public static double[] Noise(double[][] inverse, double[] weights, IReadOnlyList<string> groups)
    {
        var members = Enumerable.Range(0, weights.Length).GroupBy(row => groups[row]).Select(rows => rows.ToArray()).ToArray();
        var errors = Array.ConvertAll(members, rows => LeftOut(inverse, weights, rows).Average(Math.Abs));
        var usual = Usual * errors.Order().ElementAt(errors.Length / 2);
        var noise = new double[weights.Length];
        foreach (var (rows, error) in members.Zip(errors))
        {
            var beyond = Math.Max(0, error - usual);
            foreach (var row in rows)
            {
                noise[row] = rows.Length * beyond * beyond;
            }
        }

        return noise;
    }

    /// <summary>Target less prediction of every row of a group, as if the group had been left out.</summary>
    internal static double[] LeftOut(double[][] inverse, double[] weights, int[] rows)
    {
        var block = Array.ConvertAll(rows, row => Array.ConvertAll(rows, column => inverse[row][column]));
        Cholesky.Factor(block, CancellationToken.None);
        return Cholesky.Solve(block, Array.ConvertAll(rows, row => weights[row]));
    }
}
