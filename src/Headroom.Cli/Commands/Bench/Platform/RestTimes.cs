using System.Diagnostics;
using Headroom.Client;
using Headroom.Client.Predictions;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>How long one interference prediction over HTTP takes: window in JSON to answer, one at a time, on a server of its own.</summary>
/// <param name="Requests">Predictions without reasons.</param>
/// <param name="ReasonsRequests">Predictions with reasons.</param>
/// <param name="Model">Id of the model that answered.</param>
internal sealed record RestTimes(
    int Requests, double P50Milliseconds, double P99Milliseconds, int ReasonsRequests, double ReasonsP50Milliseconds, double ReasonsP99Milliseconds, string Model)
{
    public const int Steps = 10;
    public const int Neighbours = 3;

    /// <summary>Requests that are not counted: the program compiles itself meanwhile.</summary>
    private const int WarmUp = 50;

    /// <summary>Null when no request is wanted.</summary>
    public static async Task<RestTimes?> MeasureAsync(int requests, CancellationToken cancellationToken)
    {
        if (requests < 1)
        {
            return null;
        }

        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        using var client = HeadroomClient.Connect(platform.Address);
        var model = await client.Predictions.InterferenceModelAsync(cancellationToken);
        var plain = await TimesAsync(client, model.Features, reasons: false, requests, cancellationToken);
        var reasoned = await TimesAsync(client, model.Features, reasons: true, Math.Max(1, requests / 5), cancellationToken);
        return new RestTimes(plain.Length, At(plain, 0.5), At(plain, 0.99), reasoned.Length, At(reasoned, 0.5), At(reasoned, 0.99), model.Id);
    }

    private static async Task<double[]> TimesAsync(HeadroomClient client, IReadOnlyList<ModelFeature> features, bool reasons, int requests, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var windows = Enumerable.Range(0, 16).Select(_ => Window(features, reasons, random)).ToArray();
        var times = new double[requests];
        for (var request = -Math.Min(WarmUp, requests); request < requests; request++)
        {
            var start = Stopwatch.GetTimestamp();
            await client.Predictions.InterferenceAsync(windows[(request + WarmUp) % windows.Length], cancellationToken);
            if (request >= 0)
            {
                times[request] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times;
    }

    private static InterferenceWindow Window(IReadOnlyList<ModelFeature> features, bool reasons, Random random)
    {
        return new InterferenceWindow(
            [
                .. Enumerable.Range(0, Steps).Select(_ => new InterferenceStep(
                    Values("Target"),
                    Enumerable.Range(1, Neighbours).ToDictionary(number => $"neighbour {number}", _ => Values("Neighbours")),
                    Values("Host"))),
            ],
            reasons);

        IReadOnlyDictionary<string, double> Values(string block) => features.Where(feature => feature.Block == block).ToDictionary(feature => feature.Name, _ => random.NextDouble());
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
