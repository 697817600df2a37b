using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Fpga.Sweeps;

namespace Headroom.Jobs.Fpga;

/// <summary>A sweep's result as it is stored and sent.</summary>
/// <param name="Model">Id of the model that answered.</param>
/// <param name="Level">Level of the intervals, 0 to 1.</param>
/// <param name="Front">Indices of the points nothing beats in latency and utilisation at once, the fastest first.</param>
public sealed record SweepAnswer(string Model, string Network, double Level, IReadOnlyList<SweepAnswerPoint> Points, IReadOnlyList<int> Front)
{
    public static SweepAnswer Of(SweepResult result, ModelCard model, string network) => new(
        model.Id, network, result.Points.SelectMany(point => point.Prediction.Targets).Select(entry => entry.Level).FirstOrDefault(), [.. result.Points.Select(SweepAnswerPoint.Of)], result.Front);
}

/// <summary>One design: its settings and, per target, value, lower and upper end.</summary>
/// <param name="LatencyNanoseconds">Cycles times clock period.</param>
/// <param name="Utilisation">Share of the scarcest resource of the board.</param>
/// <param name="Scarcest">Which resource that is.</param>
/// <param name="Verdict">Fits, Uncertain or DoesNotFit.</param>
public sealed record SweepAnswerPoint(
    string Precision, int ReuseFactor, string Strategy, string IoType, double ClockPeriod, string Board, IReadOnlyDictionary<string, double[]> Targets,
    double? LatencyNanoseconds, double? Utilisation, string? Scarcest, string Verdict, double? SuccessProbability, bool IsOutOfRange)
{
    public static SweepAnswerPoint Of(SweepPoint point)
    {
        var configuration = point.Configuration;
        return new SweepAnswerPoint(
            configuration.Precision.ToString(), configuration.ReuseFactor, configuration.Strategy.ToString(), configuration.IoType == Headroom.Fpga.Configurations.IoType.Stream ? "io_stream" : "io_parallel",
            configuration.ClockPeriodNanoseconds, point.Fit.Board.Name,
            point.Prediction.Targets.ToDictionary(entry => entry.Target.Name(), entry => new[] { Short(entry.Value), Short(entry.Lower), Short(entry.Upper) }),
            point.LatencyNanoseconds, Finite(point.Utilisation), point.Fit.Tightest?.Prediction.Target.Name(), point.Fit.Verdict.ToString(), point.Prediction.SuccessProbability, point.Prediction.IsOutOfRange);
    }

    // A tenth of a LUT says nothing; thousands of points should stay small.
    private static double Short(double value) => Math.Round(value, 1);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 6) : null;
}
