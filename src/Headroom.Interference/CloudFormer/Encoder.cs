using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>A learnt class token in front of the others, encoder blocks, and the class token that comes out.</summary>
internal sealed class Encoder : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Parameter classToken;
    private readonly ModuleList<EncoderBlock> blocks;

    public Encoder(int width, CloudFormerOptions options)
        : base(nameof(Encoder))
    {
        classToken = nn.Parameter(randn(1, 1, width) * 0.02);
        blocks = nn.ModuleList([.. Enumerable.Range(0, options.Blocks).Select(_ => new EncoderBlock(width, options))]);
        RegisterComponents();
    }

    /// <param name="tokens">Rows x tokens x width.</param>
    /// <param name="positions">(tokens + 1) x width to add, class token first; null where tokens have no order.</param>
    /// <param name="mask">Rows x (tokens + 1), true where a token is real; null when all are.</param>
    /// <returns>Rows x width.</returns>
    public Tensor Encode(Tensor tokens, Tensor? positions, Tensor? mask)
    {
        var all = cat([classToken.expand(tokens.shape[0], 1, -1), tokens], 1);
        return forward(positions is null ? all : all + positions, mask?.unsqueeze(1).unsqueeze(1));
    }

    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        foreach (var block in blocks)
        {
            tokens = block.forward(tokens, mask);
        }

        return tokens.select(1, 0);
    }
}
