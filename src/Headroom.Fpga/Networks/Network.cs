namespace Headroom.Fpga.Networks;

/// <summary>A network: layers in the order they run.</summary>
public sealed record Network(string Name, IReadOnlyList<Layer> Layers)
{
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Multiplications for one sample.</summary>
    public double MultiplyOperations => Layers.Sum(layer => layer.Products.Sum(product => (double)product.Weights * product.Positions));

    /// <summary>Layers that hold weights and so have a reuse factor.</summary>
    public IEnumerable<Layer> WeightedLayers => Layers.Where(layer => layer.Products.Count > 0);

    public bool HasConvolution => Layers.Any(layer => layer.KernelSize.Count > 0 && layer.Products.Count > 0);
}
