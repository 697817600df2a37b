using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

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

    private static readonly Uri Predict = new("/api/v1/predictions/interference", UriKind.Relative);

    /// <summary>Null when no request is wanted.</summary>
    public static async Task<RestTimes?> MeasureAsync(int requests, CancellationToken cancellationToken)
    {
        if (requests < 1)
        {
            return null;
        }

        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        using var client = new HttpClient { BaseAddress = platform.Address };
        var model = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/interference/model", UriKind.Relative), cancellationToken);
        var features = model.GetProperty("features").EnumerateArray().Select(feature => (Block: feature.GetProperty("block").GetString()!, Name: feature.GetProperty("name").GetString()!)).ToArray();
        var plain = await TimesAsync(client, features, reasons: false, requests, cancellationToken);
        var reasoned = await TimesAsync(client, features, reasons: true, Math.Max(1, requests / 5), cancellationToken);
        return new RestTimes(plain.Length, At(plain, 0.5), At(plain, 0.99), reasoned.Length, At(reasoned, 0.5), At(reasoned, 0.99), model.GetProperty("id").GetString()!);
    }

    private static async Task<double[]> TimesAsync(HttpClient client, IReadOnlyList<(string Block, string Name)> features, bool reasons, int requests, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var bodies = Enumerable.Range(0, 16).Select(_ => JsonSerializer.Serialize(Window(features, reasons, random))).ToArray();
        var times = new double[requests];
        for (var request = -Math.Min(WarmUp, requests); request < requests; request++)
        {
            using var body = new StringContent(bodies[(request + WarmUp) % bodies.Length], Encoding.UTF8, "application/json");
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(Predict, body, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"expected a prediction, got {(int)answer.StatusCode}: {text}");
            }

            if (request >= 0)
            {
                times[request] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times;
    }

    private static object Window(IReadOnlyList<(string Block, string Name)> features, bool reasons, Random random)
    {
        return new
        {
            steps = Enumerable.Range(0, Steps).Select(_ => new
            {
                target = Values("Target"),
                neighbours = Enumerable.Range(1, Neighbours).ToDictionary(number => $"neighbour {number}", _ => Values("Neighbours")),
                host = Values("Host"),
            }),
            reasons,
        };

        Dictionary<string, double> Values(string block) => features.Where(feature => feature.Block == block).ToDictionary(feature => feature.Name, _ => random.NextDouble());
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
