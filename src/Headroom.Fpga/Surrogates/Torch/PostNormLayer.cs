using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>One encoder layer as in "Attention is all you need" (arXiv 1706.03762): attention, then two linear layers with ReLU, each added and normed.</summary>
internal sealed class PostNormLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly int heads;
    private readonly Linear project;
    private readonly Linear output;
    private readonly Linear widen;
    private readonly Linear narrow;
    private readonly LayerNorm attentionNorm;
    private readonly LayerNorm feedForwardNorm;
    private readonly Dropout dropout;

    public PostNormLayer(int size, int heads, int hidden, double dropoutRate)
        : base(nameof(PostNormLayer))
    {
        this.heads = heads;
        project = nn.Linear(size, 3 * size);
        output = nn.Linear(size, size);
        widen = nn.Linear(size, hidden);
        narrow = nn.Linear(hidden, size);
        attentionNorm = nn.LayerNorm(size);
        feedForwardNorm = nn.LayerNorm(size);
        dropout = nn.Dropout(dropoutRate);
        RegisterComponents();
    }

    /// <param name="tokens">Samples x tokens x size.</param>
    /// <param name="isToken">Samples x tokens, false where attention must not look.</param>
    public override Tensor forward(Tensor tokens, Tensor isToken)
    {
        using var scope = NewDisposeScope();
        var parts = project.forward(tokens).chunk(3, -1);
        var attended = nn.functional.scaled_dot_product_attention(Split(parts[0]), Split(parts[1]), Split(parts[2]), isToken.unsqueeze(1).unsqueeze(1));
        var joined = output.forward(attended.transpose(1, 2).flatten(2));
        var first = attentionNorm.forward(tokens + dropout.forward(joined));
        var hidden = narrow.forward(dropout.forward(nn.functional.relu(widen.forward(first))));
        return feedForwardNorm.forward(first + dropout.forward(hidden)).MoveToOuterDisposeScope();
    }

    /// <summary>Samples x tokens x size to samples x heads x tokens x (size / heads).</summary>
    private Tensor Split(Tensor tokens) => tokens.contiguous().view(tokens.shape[0], tokens.shape[1], heads, tokens.shape[2] / heads).transpose(1, 2);
}
