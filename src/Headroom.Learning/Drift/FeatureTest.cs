namespace Headroom.Learning.Drift;

/// <summary>Whether one feature looks as it did in training.</summary>
/// <param name="Test">Name of the test that was chosen by sample size.</param>
/// <param name="Statistic">p-value of the Kolmogorov-Smirnov test, or normed Wasserstein distance.</param>
/// <param name="Threshold">What it was held against.</param>
/// <param name="IsDrift">It does not.</param>
/// <param name="Stability">Population stability index, for people who know that number.</param>
public sealed record FeatureTest(string Test, double Statistic, double Threshold, bool IsDrift, double Stability)
{
    public const string SmallSamples = "Kolmogorov-Smirnov";

    public const string LargeSamples = "Wasserstein, normed";

    /// <param name="reference">Values in training, rising.</param>
    /// <param name="current">Values of the window, any order.</param>
    /// <param name="significance">p-values below it are drift.</param>
    /// <param name="options">Sizes and distances.</param>
    /// <returns>Null where one side has no value.</returns>
    public static FeatureTest? Of(double[] reference, IEnumerable<double> current, double significance, DriftOptions options)
    {
        double[] values = [.. current.Where(double.IsFinite).Order()];
        if (reference.Length == 0 || values.Length == 0)
        {
            return null;
        }

        var stability = PopulationStability.Of(reference, values);
        if (reference.Length > options.LargeSample && values.Length > options.LargeSample)
        {
            var distance = Wasserstein.Normed(reference, values);
            return new FeatureTest(LargeSamples, distance, options.Distance, distance > options.Distance, stability);
        }

        var p = KolmogorovSmirnov.PValue(KolmogorovSmirnov.Distance(reference, values), reference.Length, values.Length);
        return new FeatureTest(SmallSamples, p, significance, p < significance, stability);
    }
}
