namespace Headroom.Oversubscription.Peaks;

/// <summary>When use exceeds advice. Both are sums of the same single-precision uses: equal up to rounding is no violation.</summary>
internal static class Excess
{
    private const double Rounding = 1e-6;

    public static bool IsAbove(double used, double advice) => used > advice * (1 + Rounding);
}
