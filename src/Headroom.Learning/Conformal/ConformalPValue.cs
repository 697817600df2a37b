namespace Headroom.Learning.Conformal;

/// <summary>How unusual a score is beside calibration scores: p = (1 + #{s_j >= s}) / (n + 1). Uniform for exchangeable rows.</summary>
public static class ConformalPValue
{
    public static double Of(double score, IReadOnlyCollection<double> calibration) =>
        (1 + calibration.Count(other => other >= score)) / (calibration.Count + 1.0);
}
