using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>
/// The Transformer of wa-hls4ml (arXiv 2511.05615): layers projected to 512, learnt positions, a class token in front, two post-norm encoder
/// layers of 8 heads and 512 hidden units, read out at the class token. 3,203,078 parameters.
/// </summary>
internal sealed class DesignTransformer : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Size = 512;
    private const int Heads = 8;
    private const int EncoderLayers = 2;

    private readonly Linear project;
    private readonly Parameter positions;
    private readonly Parameter classToken;
    private readonly ModuleList<PostNormLayer> encoder;
    private readonly Linear head;

    public DesignTransformer(int outputs)
        : base(nameof(DesignTransformer))
    {
        project = nn.Linear(LayerEncoding.Width, Size);
        positions = nn.Parameter(randn(LayerEncoding.MaximumLayers, Size) * 0.02);
        classToken = nn.Parameter(randn(1, 1, Size) * 0.02);
        encoder = nn.ModuleList([.. Enumerable.Range(0, EncoderLayers).Select(_ => new PostNormLayer(Size, Heads, Size, 0.1))]);
        head = nn.Linear(Size, outputs);
        RegisterComponents();
    }

    /// <param name="layers">Designs x layers x <see cref="LayerEncoding.Width"/>.</param>
    /// <param name="isPadding">Designs x layers, true where there is no layer.</param>
    /// <returns>Designs x outputs.</returns>
    public override Tensor forward(Tensor layers, Tensor isPadding)
    {
        using var scope = NewDisposeScope();
        var (count, length) = (layers.shape[0], layers.shape[1]);
        var tokens = project.forward(layers) + positions.narrow(0, 0, length);
        var sequence = cat([classToken.expand(count, 1, Size), tokens], 1);
        var isToken = cat([ones([count, 1], ScalarType.Bool), isPadding.logical_not()], 1);
        foreach (var layer in encoder)
        {
            sequence = layer.forward(sequence, isToken);
        }

        return head.forward(sequence.select(1, 0)).MoveToOuterDisposeScope();
    }
}
