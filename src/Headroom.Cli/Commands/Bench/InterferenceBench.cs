using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Networks;

namespace Headroom.Cli.Commands.Bench;

/// <summary><c>headroom bench interference</c>: how fast CloudFormer answers beside its matrix products alone, and whether it leaves tensors behind.</summary>
internal static class InterferenceBench
{
    private const int Metrics = 206;

    public static Command Create()
    {
        var steps = new Option<int>("--steps") { Description = "Steps per window (default 60).", DefaultValueFactory = _ => 60 };
        var batch = new Option<int>("--batch") { Description = "Windows per batch (default 32).", DefaultValueFactory = _ => 32 };
        var predictions = new Option<int>("--predictions") { Description = "Predictions over which tensors are counted (default 10000).", DefaultValueFactory = _ => 10_000 };
        var threads = new Option<int>("--threads") { Description = "Threads Torch may use (default 1).", DefaultValueFactory = _ => 1 };
        var json = CommandOptions.Json();
        var command = new Command("interference", "CloudFormer as published, windows per second against its matrix products alone.") { steps, batch, predictions, threads, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var speed = NetworkSpeed.Measure(
                    Metrics, parsed.GetValue(steps), parsed.GetValue(batch), parsed.GetValue(predictions), parsed.GetValue(threads), cancellationToken);
                ReportWriter.Write(
                    new Report(
                        "bench interference",
                        Machine.Read(),
                        1,
                        [
                            Figure.Versus("interference.windows_per_s", speed.WindowsPerSecond, "1/s", "its matrix products alone", speed.ProductsPerSecond),
                            new Figure("interference.live_tensors_delta", speed.LiveTensorsDelta, "tensors"),
                            new Figure("interference.predictions", speed.Predictions, "windows"),
                        ],
                        []),
                    parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Learning.Torch.LearningUnavailableException error)
            {
                Console.Error.WriteLine($"headroom bench interference: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
