using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>Attention, dropout, residual and LayerNorm; then a position-wise network of two layers, residual and LayerNorm.</summary>
internal sealed class EncoderBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly SelfAttention attention;
    private readonly LayerNorm attentionNorm;
    private readonly Linear widen;
    private readonly Linear narrow;
    private readonly LayerNorm networkNorm;
    private readonly Dropout dropout;

    public EncoderBlock(int width, CloudFormerOptions options)
        : base(nameof(EncoderBlock))
    {
        attention = new SelfAttention(width, options.Heads, options.HeadSize);
        attentionNorm = nn.LayerNorm(width);
        widen = nn.Linear(width, options.FeedForwardWidth);
        narrow = nn.Linear(options.FeedForwardWidth, width);
        networkNorm = nn.LayerNorm(width);
        dropout = nn.Dropout(options.EncoderDropout);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        var attended = attentionNorm.forward(tokens + dropout.forward(attention.forward(tokens, mask)));
        return networkNorm.forward(attended + dropout.forward(narrow.forward(nn.functional.relu(widen.forward(attended)))));
    }
}
