using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Headroom.Cli.Reporting;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Fpga.Sweeps;

namespace Headroom.Cli.Commands.Bench;

/// <summary><c>bench fpga</c>: one prediction from model file to answer, and a sweep of 10,000 designs.</summary>
internal static class FpgaBench
{
    private const int Predictions = 200;
    private const int SweepDesigns = 10_000;
    private const int SweepRepeats = 3;

    // The field's tools answer in a fifth of a second at best; a page that asks on every change needs less.
    private const double MostMilliseconds = 200;
    private const double LeastPerSecond = 5_000;

    private const string Yaml = "Part: xc7z020clg400-1\nHLSConfig: {Model: {Precision: 'ap_fixed<16,6>', ReuseFactor: 8, Strategy: Resource}}\n";

    public static Command Create()
    {
        var model = new Option<FileInfo?>("--model") { Description = "Model file of headroom train fpga (default: the one that comes along)." };
        var json = CommandOptions.Json();
        var command = new Command("fpga", "One FPGA prediction from model file to answer, and a sweep of 10,000 configurations.") { model, json };
        command.SetAction((result, cancellationToken) =>
        {
            var load = Stopwatch.GetTimestamp();
            var predictor = result.GetValue(model) is { } own ? ModelFile.Read(own.FullName) : ShippedModel.Load();
            var loadMilliseconds = Stopwatch.GetElapsedTime(load).TotalMilliseconds;
            ReportWriter.Write(Report(predictor, loadMilliseconds, cancellationToken), result.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Report Report(IDesignPredictor predictor, double loadMilliseconds, CancellationToken cancellationToken)
    {
        var example = ExampleNetworks.Find("jet-tagger")!;
        var milliseconds = PredictionTimes(predictor, example);
        var (perSecond, designs, front) = MedianSweep(predictor, example.Read().Network, cancellationToken);
        return new Report(
            "bench fpga",
            Machine.Read(),
            predictor.Model.Seed,
            [
                Figure.Versus("fpga.predict_p50_ms", milliseconds[milliseconds.Length / 2], "ms", "limit", MostMilliseconds),
                new Figure("fpga.predict_p99_ms", milliseconds[(int)(milliseconds.Length * 0.99)], "ms"),
                Figure.Versus("fpga.sweep_per_s", perSecond, "designs/s", "limit", LeastPerSecond),
                new Figure("fpga.model_load_ms", loadMilliseconds, "ms"),
            ],
            [new Table("sweep", ["designs", "front", "model"], [[designs, front, predictor.Model.Id]])]);
    }

    /// <summary>From the bytes of a model file and a configuration to the answer for its board and every other, ascending.</summary>
    private static double[] PredictionTimes(IDesignPredictor predictor, ExampleNetwork example)
    {
        var bytes = Encoding.UTF8.GetBytes(example.Json);
        var times = new double[Predictions];
        for (var round = -20; round < times.Length; round++)
        {
            var start = Stopwatch.GetTimestamp();
            DesignAssessment.Of(predictor, NetworkFile.Read("jets.json", bytes), Yaml, null, new BoardCatalogue());
            if (round >= 0)
            {
                times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>The median of three sweeps, after one that is not counted.</summary>
    private static (double PerSecond, int Designs, int Front) MedianSweep(IDesignPredictor predictor, Network network, CancellationToken cancellationToken)
    {
        var factors = SweepSpace.ReuseFactorsOf(network, 25);
        var space = new SweepSpace
        {
            Precisions = [.. Enumerable.Range(3, 10).Select(bits => new FixedPoint(bits, Math.Max(1, bits / 2)))],
            ReuseFactors = factors,
            Strategies = [HlsStrategy.Latency, HlsStrategy.Resource],
            ClockPeriodsNanoseconds = [.. Enumerable.Range(0, (int)Math.Ceiling(SweepDesigns / (10.0 * 2 * 4 * factors.Count))).Select(step => 3.0 + (0.5 * step))],
            Boards = ["pynq-z2", "zcu102", "alveo-u200", "alveo-u250"],
        };
        var catalogue = new BoardCatalogue();
        var rates = new double[SweepRepeats];
        SweepResult? result = null;
        for (var round = -1; round < rates.Length; round++)
        {
            var start = Stopwatch.GetTimestamp();
            result = Sweep.Run(predictor, network, AssumedTool.In(new HlsConfiguration()), space, catalogue, cancellationToken: cancellationToken);
            if (round >= 0)
            {
                rates[round] = result.Points.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        Array.Sort(rates);
        return (rates[rates.Length / 2], result!.Points.Count, result.Front.Count);
    }
}
