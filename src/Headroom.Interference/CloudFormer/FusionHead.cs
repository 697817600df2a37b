using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>Dense layer, Swish, LayerNorm, dropout, one sigmoid unit.</summary>
internal sealed class FusionHead : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden;
    private readonly LayerNorm norm;
    private readonly Dropout dropout;
    private readonly Linear output;

    public FusionHead(int width, CloudFormerOptions options)
        : base(nameof(FusionHead))
    {
        hidden = nn.Linear(width, options.HeadWidth);
        norm = nn.LayerNorm(options.HeadWidth);
        dropout = nn.Dropout(options.HeadDropout);
        output = nn.Linear(options.HeadWidth, 1);
        RegisterComponents();
    }

    /// <returns>One number in (0, 1) per row.</returns>
    public override Tensor forward(Tensor tokens) =>
        sigmoid(output.forward(dropout.forward(norm.forward(nn.functional.silu(hidden.forward(tokens)))))).squeeze(1);
}
