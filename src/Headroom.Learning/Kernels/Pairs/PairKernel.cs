namespace Headroom.Learning.Kernels.Pairs;

/// <summary>
/// How much two pairs resemble each other: k = c + k1 + k2 + k1 k2, once with smooth nearness (Matern 3/2 on scaled columns) and once with being the very same one, so that what is
/// known of a job counts for its new pairings and what is known of a similar job counts too (Duvenaud et al. 2011, additive kernels).
/// </summary>
/// <param name="FirstScales">Distance per column of the first over which two stop resembling each other, in training deviations.</param>
/// <param name="SecondScales">The same of the second.</param>
/// <param name="Parts">Variance per part, as shares of the target's, in the order of <see cref="PairKernelPart"/>.</param>
/// <param name="Noise">Variance of the noise, in the same unit.</param>
public sealed record PairKernel(double[] FirstScales, double[] SecondScales, double[] Parts, double Noise)
{
    private static readonly double Root3 = Math.Sqrt(3);

    internal static int PartCount { get; } = Enum.GetValues<PairKernelPart>().Length;

    /// <param name="first">Distance of the firsts, from <see cref="Distance"/>.</param>
    /// <param name="second">Distance of the seconds.</param>
    public double Of(double first, double second)
    {
        Span<double> parts = stackalloc double[PartCount];
        Write(first, second, parts);
        double sum = 0;
        for (var part = 0; part < parts.Length; part++)
        {
            sum += Parts[part] * parts[part];
        }

        return sum;
    }

    /// <summary>Every part at its full size, before its variance.</summary>
    internal static void Write(double first, double second, Span<double> parts)
    {
        var (near, far) = (Nearness(first), Nearness(second));
        var (sameFirst, sameSecond) = (first == 0 ? 1 : 0, second == 0 ? 1 : 0);
        parts[(int)PairKernelPart.Constant] = 1;
        parts[(int)PairKernelPart.First] = near;
        parts[(int)PairKernelPart.Second] = far;
        parts[(int)PairKernelPart.Both] = near * far;
        parts[(int)PairKernelPart.SameFirst] = sameFirst;
        parts[(int)PairKernelPart.SameSecond] = sameSecond;
        parts[(int)PairKernelPart.FirstBesideSame] = near * sameSecond;
        parts[(int)PairKernelPart.SameBesideSecond] = sameFirst * far;
    }

    /// <summary>Scaled distance of two rows of one side; 0 only when they are the same.</summary>
    internal static double Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other, double[] scales)
    {
        double sum = 0;
        for (var column = 0; column < scales.Length; column++)
        {
            var difference = (one[column] - other[column]) / scales[column];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private static double Nearness(double distance) => (1 + (Root3 * distance)) * Math.Exp(-Root3 * distance);

    /// <summary>How nearness changes with the logarithm of a scale, divided by the squared scaled difference in that column.</summary>
    internal static double Slope(double distance) => 3 * Math.Exp(-Root3 * distance);
}

/// <summary>What a pair kernel adds up.</summary>
public enum PairKernelPart
{
    Constant,
    First,
    Second,
    Both,
    SameFirst,
    SameSecond,
    FirstBesideSame,
    SameBesideSecond,
}
