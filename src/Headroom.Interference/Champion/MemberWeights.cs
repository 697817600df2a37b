namespace Headroom.Interference.Champion;

/// <summary>How much each member counts, chosen greedily on predictions of left-out groups (Caruana et al. 2004, with a bar against needless members).</summary>
public static class MemberWeights
{
    private const double Step = 0.1;

    /// <summary>A further member has to lower the error by this share.</summary>
    private const double WorthIt = 0.02;

    /// <param name="heldOut">Members x rows; predictions of rows whose group the member had not seen.</param>
    /// <param name="targets">True values, per row.</param>
    /// <param name="groups">Group of each row; all groups count the same.</param>
    /// <param name="rows">Rows that have predictions.</param>
    /// <returns>One weight per member, summing to 1.</returns>
    public static double[] Choose(double[][] heldOut, double[] targets, string[] groups, IReadOnlyList<int> rows)
    {
        var weights = new double[heldOut.Length];
        var first = Enumerable.Range(0, heldOut.Length).MinBy(member => Error(One(member)));
        weights = One(first);
        var error = Error(weights);
        while (true)
        {
            // Mix each other member in by the share that helps most; keep the best mix when it is worth a member.
            var (mix, mixed) = Enumerable.Range(0, heldOut.Length).Where(member => weights[member] == 0)
                .SelectMany(member => Enumerable.Range(1, 7).Select(tenth => Blend(weights, member, tenth * Step)))
                .Select(candidate => (candidate, Error(candidate)))
                .DefaultIfEmpty((weights, error))
                .MinBy(candidate => candidate.Item2);
            if (mixed > error * (1 - WorthIt))
            {
                return weights;
            }

            (weights, error) = (mix, mixed);
        }

        double[] One(int member)
        {
            var one = new double[heldOut.Length];
            one[member] = 1;
            return one;
        }

        double Error(double[] candidate) => rows
            .GroupBy(row => groups[row])
            .Average(group => group.Average(row => Math.Abs(targets[row] - heldOut.Select((member, index) => member[row] * candidate[index]).Sum())));
    }

    private static double[] Blend(double[] weights, int member, double share)
    {
        var blend = Array.ConvertAll(weights, weight => weight * (1 - share));
        blend[member] = share;
        return blend;
    }
}
