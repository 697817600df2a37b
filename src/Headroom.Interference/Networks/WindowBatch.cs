using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>Windows as tensors.</summary>
/// <param name="Steps">Rows x steps x metrics, zero where padded or missing.</param>
/// <param name="Present">Rows x steps, true where a step is real.</param>
/// <param name="Summary">Rows x <see cref="Moments"/> x metrics: mean, deviation and 95th percentile over time, each scaled on its own.</param>
public sealed record WindowBatch(Tensor Steps, Tensor Present, Tensor Summary)
{
    /// <summary>Numbers per metric in the summary.</summary>
    public const int Moments = 3;
}
