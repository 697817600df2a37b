using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>
/// GATv2 attention (Brody et al., arXiv 2105.14491) on a chain of layers with self loops: each layer attends to itself and to the layer before it.
/// Dense, because a chain has no other edges.
/// </summary>
internal sealed class ChainAttention : nn.Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly int size;
    private readonly Linear source;
    private readonly Linear target;
    private readonly Parameter attention;
    private readonly Parameter bias;

    public ChainAttention(int inputs, int heads, int size)
        : base(nameof(ChainAttention))
    {
        (this.heads, this.size) = (heads, size);
        source = nn.Linear(inputs, heads * size);
        target = nn.Linear(inputs, heads * size);
        attention = nn.Parameter(randn(1, heads, size) * Math.Sqrt(2.0 / (1 + size)));
        bias = nn.Parameter(zeros(heads * size));
        RegisterComponents();
    }

    /// <summary>Graphs x layers x inputs to graphs x layers x (heads x size).</summary>
    public override Tensor forward(Tensor nodes)
    {
        using var scope = NewDisposeScope();
        var (count, length) = (nodes.shape[0], nodes.shape[1]);
        var from = source.forward(nodes).view(count, length, heads, size);
        var to = target.forward(nodes).view(count, length, heads, size);
        var before = cat([zeros_like(from.narrow(1, 0, 1)), from.narrow(1, 0, length - 1)], 1);
        var self = Score(from + to);
        var previous = Score(before + to);

        // The first layer has none before it.
        var first = zeros([1, length, 1], ScalarType.Float32);
        first[0, 0, 0] = -1e9f;
        var weights = nn.functional.softmax(stack([self, previous + first], -1), -1).unsqueeze(3);
        var mixed = (from * weights.select(-1, 0)) + (before * weights.select(-1, 1));
        return (mixed.reshape(count, length, heads * size) + bias).MoveToOuterDisposeScope();
    }

    private Tensor Score(Tensor sum) => (nn.functional.leaky_relu(sum, 0.2) * attention).sum(-1);
}

/// <summary>
/// The GNN of wa-hls4ml: five GATv2 layers of 5 heads x 512, each with LayerNorm, ELU, dropout and a residual; a weighted mixture of sum, mean and
/// largest; a head that also sees strategy and io type. 54,471,945 parameters at full size.
/// </summary>
internal sealed class DesignGraphNet : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private const int Layers = 5;
    private const int Heads = 5;

    private readonly ModuleList<ChainAttention> attention;
    private readonly ModuleList<LayerNorm> norms;
    private readonly Linear residual;
    private readonly Linear readOut;
    private readonly Parameter pooling;
    private readonly Sequential head;
    private readonly Dropout dropout;

    /// <param name="outputs">Numbers to predict.</param>
    /// <param name="size">Units of each head; the paper has 512.</param>
    public DesignGraphNet(int outputs, int size = 512)
        : base(nameof(DesignGraphNet))
    {
        var wide = Heads * size;
        attention = nn.ModuleList([.. Enumerable.Range(0, Layers).Select(layer => new ChainAttention(layer == 0 ? LayerEncoding.Width : wide, Heads, size))]);
        norms = nn.ModuleList([.. Enumerable.Range(0, Layers).Select(_ => nn.LayerNorm(wide))]);
        residual = nn.Linear(LayerEncoding.Width, wide);
        readOut = nn.Linear(wide, size);
        pooling = nn.Parameter(zeros(3));
        dropout = nn.Dropout(0.3);
        head = nn.Sequential(
            nn.Linear(size + LayerEncoding.GraphWidth, size), nn.LayerNorm(size), nn.ReLU(), nn.Dropout(0.3),
            nn.Linear(size, size / 2), nn.LayerNorm(size / 2), nn.ReLU(), nn.Dropout(0.3),
            nn.Linear(size / 2, outputs));
        RegisterComponents();
    }

    /// <param name="layers">Designs x layers x <see cref="LayerEncoding.Width"/>.</param>
    /// <param name="isPadding">Designs x layers, true where there is no layer.</param>
    /// <param name="graph">Designs x <see cref="LayerEncoding.GraphWidth"/>.</param>
    /// <returns>Designs x outputs.</returns>
    public override Tensor forward(Tensor layers, Tensor isPadding, Tensor graph)
    {
        using var scope = NewDisposeScope();
        var nodes = layers;
        for (var layer = 0; layer < Layers; layer++)
        {
            var skip = layer == 0 ? residual.forward(nodes) : nodes;
            nodes = dropout.forward(nn.functional.elu(norms[layer].forward(attention[layer].forward(nodes)), 1.0)) + skip;
        }

        var padding = isPadding.unsqueeze(-1);
        var read = readOut.forward(nodes);
        var sum = read.masked_fill(padding, 0).sum(1);
        var mean = sum / padding.logical_not().to_type(ScalarType.Float32).sum(1).clamp_min(1);
        var largest = read.masked_fill(padding, -1e9).amax([1]);
        var shares = nn.functional.softmax(pooling, 0);
        var pooled = (sum * shares[0]) + (mean * shares[1]) + (largest * shares[2]);
        return head.forward(cat([pooled, graph], 1)).MoveToOuterDisposeScope();
    }
}
