namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>One Gaussian process per family of designs, for targets that differ in kind from family to family.</summary>
internal sealed class FamilyProcess
{
    private const int MinimumRows = 20;
    private const int MinimumGroups = 3;

    public required IReadOnlyDictionary<string, GaussianProcess> Processes { get; init; }

    /// <summary>Out-of-fold predictions of the training rows; zero where the family has no process.</summary>
    public double[]? OutOfFold { get; private init; }

    /// <summary>Similarity to the nearest row of another architecture; one where the family has no process.</summary>
    public double[]? OutOfFoldSimilarity { get; private init; }

    public static FamilyProcess Fit(float[][] features, double[] targets, string[] families, string[] groups, int seed, CancellationToken cancellationToken, IReadOnlyList<int>? columns = null)
    {
        var processes = new Dictionary<string, GaussianProcess>();
        var (outOfFold, similarity) = (new double[targets.Length], new double[targets.Length]);
        Array.Fill(similarity, 1);
        foreach (var family in Enumerable.Range(0, targets.Length).GroupBy(row => families[row]))
        {
            var rows = family.ToArray();
            var values = rows.Select(row => targets[row]).ToArray();
            var groupsHere = rows.Select(row => groups[row]).ToArray();
            if (rows.Length < MinimumRows || groupsHere.Distinct().Count() < MinimumGroups || values.Max() - values.Min() < 1e-9)
            {
                continue;
            }

            var process = processes[family.Key] = GaussianProcess.Fit([.. rows.Select(row => features[row])], values, groupsHere, seed, cancellationToken, columns);
            for (var index = 0; index < rows.Length; index++)
            {
                (outOfFold[rows[index]], similarity[rows[index]]) = (process.OutOfFold![index], process.OutOfFoldSimilarity![index]);
            }
        }

        return new FamilyProcess { Processes = processes, OutOfFold = outOfFold, OutOfFoldSimilarity = similarity };
    }

    /// <summary>The prediction and the nearness of training rows; null where the family has no process.</summary>
    public (double Value, double Similarity)? Predict(string family, float[] features) =>
        Processes.TryGetValue(family, out var process) ? process.Predict(features) : null;
}
