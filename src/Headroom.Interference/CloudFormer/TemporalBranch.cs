using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>One token per step: dense layer with ReLU, class token, sinusoidal positions, masked encoder. 213,248 parameters for 206 metrics.</summary>
internal sealed class TemporalBranch : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear embedding;
    private readonly Encoder encoder;
    private readonly int _width;

    public TemporalBranch(int metrics, CloudFormerOptions options)
        : base(nameof(TemporalBranch))
    {
        _width = options.TemporalWidth;
        embedding = nn.Linear(metrics, _width);
        encoder = new Encoder(_width, options);
        RegisterComponents();
    }

    /// <param name="steps">Rows x steps x metrics, zero where padded.</param>
    /// <param name="present">Rows x steps, true where a step is real.</param>
    /// <returns>Rows x width.</returns>
    public override Tensor forward(Tensor steps, Tensor present)
    {
        var mask = cat([ones(present.shape[0], 1, dtype: ScalarType.Bool), present], 1);
        return encoder.Encode(nn.functional.relu(embedding.forward(steps)), Positions(steps.shape[1] + 1, _width), mask);
    }

    /// <summary>sin(p / 10000^(2i/width)) and cos of the same, side by side (Vaswani et al. 2017, section 3.5).</summary>
    private static Tensor Positions(long count, int width)
    {
        var position = arange(count, dtype: ScalarType.Float32).unsqueeze(1);
        var rate = exp(arange(0, width, 2, dtype: ScalarType.Float32) * (-Math.Log(10000) / width));
        return stack([sin(position * rate), cos(position * rate)], 2).reshape(count, width);
    }
}
