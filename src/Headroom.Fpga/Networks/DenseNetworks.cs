using System.Globalization;

namespace Headroom.Fpga.Networks;

/// <summary>Builds plain dense networks.</summary>
public static class DenseNetworks
{
    /// <summary>A chain of dense layers with linear activations: widths [8, 72, 64] give 8 to 72 to 64.</summary>
    public static Network Chain(string name, IReadOnlyList<int> widths) => new(name,
        [.. Enumerable.Range(0, widths.Count - 1).Select(index => new Layer
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"dense_{index + 1}"),
            Kind = LayerKind.Dense,
            InputShape = [widths[index]],
            OutputShape = [widths[index + 1]],
        })]);
}
