namespace Headroom.Oversubscription.Power.Rows;

/// <summary>What a policy costs beside a row with power without end and the same requests. 0.01 is one percent slower.</summary>
/// <param name="HighP50">Change of the high priority's median latency.</param>
/// <param name="LowP50">Change of the low priority's median latency.</param>
/// <param name="HighThroughput">High priority's tokens over the uncapped row's.</param>
/// <param name="LowThroughput">Low priority's tokens over the uncapped row's.</param>
public sealed record ServiceImpact(double HighP50, double LowP50, double HighThroughput, double LowThroughput)
{
    public static ServiceImpact Of(RowResult result, RowResult uncapped) => new(
        Change(result.High.P50Seconds, uncapped.High.P50Seconds),
        Change(result.Low.P50Seconds, uncapped.Low.P50Seconds),
        Share(result.High.Tokens, uncapped.High.Tokens),
        Share(result.Low.Tokens, uncapped.Low.Tokens));

    /// <summary>POLCA's published promise: high priority's median within 1 %, throughput within 1 % and 2 %.</summary>
    public bool KeepsPromise => HighP50 <= 0.01 && HighThroughput >= 0.99 && LowThroughput >= 0.98;

    private static double Change(double? value, double? before) => value is { } now && before is > 0 and { } then ? (now / then) - 1 : 0;

    // A priority without servers loses nothing.
    private static double Share(double value, double before) => before > 0 ? value / before : 1;
}
