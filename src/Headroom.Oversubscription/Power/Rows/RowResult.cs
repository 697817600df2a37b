using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>What became of a row. Shares are of provisioned power.</summary>
/// <param name="Servers">Servers in the row.</param>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Seed">Seed of the load.</param>
/// <param name="Seconds">Simulated time, s.</param>
/// <param name="Brakes">Times the power brake was called.</param>
/// <param name="MeanReading">Mean row power.</param>
/// <param name="PeakReading">Highest reading of the row's meter.</param>
/// <param name="Rise2Seconds">Largest rise from one reading to the next.</param>
/// <param name="Rise40Seconds">Largest rise within 40 s.</param>
/// <param name="High">Service of the high priority.</param>
/// <param name="Low">Service of the low priority.</param>
/// <param name="LevelShares">Share of the time at each <see cref="PowerLevel"/>, in its order.</param>
/// <param name="TraceErrors">Mean absolute percentage error of row power against the trace, by averaging time; only for the provisioned number of servers.</param>
/// <param name="Series">Row power and level over time, for charts.</param>
public sealed record RowResult(
    int Servers, string Policy, int Seed, double Seconds, int Brakes, double MeanReading, double PeakReading, double Rise2Seconds, double Rise40Seconds,
    PriorityService High, PriorityService Low, IReadOnlyList<double> LevelShares, TraceErrors TraceErrors, IReadOnlyList<RowPoint> Series);

/// <summary>Mean absolute percentage error of simulated row power against the trace it follows, %.</summary>
/// <param name="MinutePercent">Means of one minute.</param>
/// <param name="FiveMinutePercent">Means of five minutes.</param>
public sealed record TraceErrors(double MinutePercent, double FiveMinutePercent);

/// <summary>A stretch of the simulation.</summary>
/// <param name="StartSeconds">Its beginning, s from the start.</param>
/// <param name="Mean">Mean reading.</param>
/// <param name="Peak">Highest reading.</param>
/// <param name="Level">Hardest level held in it.</param>
public sealed record RowPoint(double StartSeconds, double Mean, double Peak, PowerLevel Level);
