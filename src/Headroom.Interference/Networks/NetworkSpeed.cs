using System.Diagnostics;
using Headroom.Interference.CloudFormer;
using Headroom.Learning.Torch;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>How fast CloudFormer as published answers, beside the time its matrix products take alone.</summary>
/// <param name="WindowsPerSecond">Windows answered per second, encoded batch to numbers.</param>
/// <param name="ProductsPerSecond">Windows per second if there were nothing but the matrix products, same shapes, same run.</param>
/// <param name="LiveTensorsDelta">Tensors alive after the predictions minus before.</param>
/// <param name="Predictions">Windows answered while counting tensors.</param>
public sealed record NetworkSpeed(double WindowsPerSecond, double ProductsPerSecond, long LiveTensorsDelta, int Predictions)
{
    private const int Rounds = 5;

    /// <param name="metrics">Metrics per step, 206 in the paper.</param>
    /// <param name="steps">Steps per window.</param>
    /// <param name="batch">Windows per batch.</param>
    /// <param name="predictions">Windows to answer while counting tensors.</param>
    /// <param name="threads">Threads Torch may use.</param>
    /// <exception cref="LearningUnavailableException">Torch cannot run here.</exception>
    public static NetworkSpeed Measure(int metrics, int steps, int batch, int predictions, int threads, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        set_num_threads(threads);
        random.manual_seed(1);
        var options = new CloudFormerOptions();
        using var network = new CloudFormerNetwork(metrics, options);
        network.eval();
        var windows = Enumerable.Range(0, batch).Select(index => Window(metrics, steps, index)).ToArray();
        using var products = CloudFormerProducts.Of(options, metrics, steps, batch);
        Predict();
        products.Run();

        // In turns, and the best of each: another program on the machine disturbs both alike.
        var (whole, alone) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            whole = Math.Min(whole, Seconds(Predict));
            alone = Math.Min(alone, Seconds(products.Run));
        }

        var before = Tensor.TotalCount;
        var answered = 0;
        for (; answered < predictions; answered += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Predict();
        }

        return new NetworkSpeed(batch / whole, batch / alone, Tensor.TotalCount - before, answered);

        void Predict() => FittedNetwork.Forward([network], windows);
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static EncodedWindow Window(int metrics, int steps, int seed)
    {
        var random = new Random(seed);
        return new EncodedWindow(
            [.. Enumerable.Range(0, steps).Select(_ => Values(metrics))], Values(WindowBatch.Moments * metrics));

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
