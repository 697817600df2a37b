using Headroom.Interference.CloudFormer;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>The matrix products of one CloudFormer batch, without anything between them: the least time its arithmetic takes on a machine.</summary>
internal sealed class CloudFormerProducts : IDisposable
{
    private readonly List<(Tensor Left, Tensor Right)> _operands = [];

    /// <summary>The products in the order of the network.</summary>
    public static CloudFormerProducts Of(CloudFormerOptions options, int metrics, int steps, int batch)
    {
        var products = new CloudFormerProducts();
        products.Add(1, (long)batch * steps, metrics, options.TemporalWidth);
        products.Encoder(options, options.TemporalWidth, steps + 1, batch);
        products.Encoder(options, options.SystemWidth, metrics + 1, batch);
        products.Add(1, batch, options.TemporalWidth + options.SystemWidth, options.HeadWidth);
        return products;
    }

    public void Run()
    {
        foreach (var (left, right) in _operands)
        {
            using var product = bmm(left, right);
        }
    }

    public void Dispose()
    {
        foreach (var (left, right) in _operands)
        {
            left.Dispose();
            right.Dispose();
        }
    }

    private void Add(long batch, long rows, long inner, long columns) => _operands.Add((ones(batch, rows, inner), ones(batch, inner, columns)));

    private void Encoder(CloudFormerOptions options, int width, int tokens, int batch)
    {
        var (heads, size) = (options.Heads, options.HeadSize);
        for (var block = 0; block < options.Blocks; block++)
        {
            for (var projection = 0; projection < 3; projection++)
            {
                Add(1, (long)batch * tokens, width, heads * size);
            }

            Add((long)batch * heads, tokens, size, tokens);
            Add((long)batch * heads, tokens, tokens, size);
            Add(1, (long)batch * tokens, heads * size, width);
            Add(1, (long)batch * tokens, width, options.FeedForwardWidth);
            Add(1, (long)batch * tokens, options.FeedForwardWidth, width);
        }
    }
}
