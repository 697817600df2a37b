using System.CommandLine;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Reporting;
using Headroom.Interference.Networks;

namespace Headroom.Cli.Commands.Bench;

/// <summary>
/// <c>headroom bench interference</c>: how fast CloudFormer answers beside its matrix products alone, whether it leaves tensors behind, and how long one
/// prediction over HTTP takes.
/// </summary>
internal static class InterferenceBench
{
    private const int Metrics = 206;

    public static Command Create()
    {
        var steps = new Option<int>("--steps") { Description = "Steps per window (default 60).", DefaultValueFactory = _ => 60 };
        var batch = new Option<int>("--batch") { Description = "Windows per batch (default 32).", DefaultValueFactory = _ => 32 };
        var predictions = new Option<int>("--predictions") { Description = "Predictions over which tensors are counted (default 10000).", DefaultValueFactory = _ => 10_000 };
        var threads = new Option<int>("--threads") { Description = "Threads Torch may use (default 1).", DefaultValueFactory = _ => 1 };
        var requests = new Option<int>("--requests") { Description = "Predictions asked for over HTTP (default 500; 0 leaves the server out).", DefaultValueFactory = _ => 500 };
        var json = CommandOptions.Json();
        var command = new Command("interference", "CloudFormer as published against its matrix products alone, and the served model over HTTP.") { steps, batch, predictions, threads, requests, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var rest = await RestTimes.MeasureAsync(parsed.GetValue(requests), cancellationToken);
                var speed = NetworkSpeed.Measure(
                    Metrics, parsed.GetValue(steps), parsed.GetValue(batch), parsed.GetValue(predictions), parsed.GetValue(threads), cancellationToken);
                ReportWriter.Write(Report(speed, rest), parsed.GetValue(json));
                return 0;
            }
            catch (Exception error) when (error is Learning.Torch.LearningUnavailableException or HttpRequestException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync($"headroom bench interference: {error.Message}");
                return 1;
            }
        });
        return command;
    }

    private static Report Report(NetworkSpeed speed, RestTimes? rest) => new(
        "bench interference",
        Machine.Read(),
        1,
        [
            Figure.Versus("interference.windows_per_s", speed.WindowsPerSecond, "1/s", "its matrix products alone", speed.ProductsPerSecond),
            new Figure("interference.rest_p99_ms", rest?.P99Milliseconds, "ms"),
            new Figure("interference.rest_p50_ms", rest?.P50Milliseconds, "ms"),
            new Figure("interference.rest_with_reasons_p99_ms", rest?.ReasonsP99Milliseconds, "ms"),
            new Figure("interference.rest_with_reasons_p50_ms", rest?.ReasonsP50Milliseconds, "ms"),
            new Figure("interference.live_tensors_delta", speed.LiveTensorsDelta, "tensors"),
            new Figure("interference.predictions", speed.Predictions, "windows"),
        ],
        rest is null ? [] : [new Table("rest", ["requests", "requests_with_reasons", "steps", "neighbours", "model"], [[rest.Requests, rest.ReasonsRequests, RestTimes.Steps, RestTimes.Neighbours, rest.Model]])]);
}
