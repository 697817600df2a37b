using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Sweeps;

/// <summary>What a sweep tries: every combination of the lists. An empty list keeps what the configuration says.</summary>
public sealed record SweepSpace
{
    /// <summary>Precision of data, and of weights that have no quantiser of their own.</summary>
    public IReadOnlyList<FixedPoint> Precisions { get; init; } = [];

    /// <summary>Reuse factors asked for; every layer takes the nearest valid one.</summary>
    public IReadOnlyList<int> ReuseFactors { get; init; } = [];

    public IReadOnlyList<HlsStrategy> Strategies { get; init; } = [];

    public IReadOnlyList<IoType> IoTypes { get; init; } = [];

    public IReadOnlyList<double> ClockPeriodsNanoseconds { get; init; } = [];

    /// <summary>Names of boards, or parts.</summary>
    public IReadOnlyList<string> Boards { get; init; } = [];

    public long Count => (long)Size(Precisions) * Size(ReuseFactors) * Size(Strategies) * Size(IoTypes) * Size(ClockPeriodsNanoseconds) * Size(Boards);

    /// <summary>Reuse factors worth trying: those valid in some layer, thinned out evenly on a logarithmic scale.</summary>
    public static IReadOnlyList<int> ReuseFactorsOf(Network network, int most = 24)
    {
        var valid = network.WeightedLayers.SelectMany(layer => layer.Products).SelectMany(Valid).Distinct().Order().ToArray();
        if (valid.Length <= most)
        {
            return valid;
        }

        var step = Math.Log(valid[^1]) / (most - 1);
        return [.. Enumerable.Range(0, most).Select(index => Math.Exp(index * step)).Select(wanted => valid.MinBy(factor => Math.Abs(Math.Log(factor / wanted)))).Distinct()];
    }

    /// <summary>Every design of the space.</summary>
    /// <exception cref="NetworkFormatException">A board nobody knows.</exception>
    public IEnumerable<(HlsConfiguration Configuration, Board Board)> Designs(HlsConfiguration basis, BoardCatalogue catalogue)
    {
        Board Find(string name) => catalogue.Find(name)
            ?? throw new NetworkFormatException($"boards: expected one of {string.Join(", ", catalogue.Boards.Select(board => board.Name))} or a part, got '{name}'.");
        var boards = Or(Boards, basis.Part).Select(Find).ToArray();
        var layers = basis.Layers.ToDictionary(entry => entry.Key, entry => entry.Value with
        {
            WeightPrecision = Precisions.Count > 0 ? null : entry.Value.WeightPrecision,
            ReuseFactor = ReuseFactors.Count > 0 ? null : entry.Value.ReuseFactor,
            Strategy = Strategies.Count > 0 ? null : entry.Value.Strategy,
        });
        return
            from board in boards
            from strategy in Or(Strategies, basis.Strategy)
            from io in Or(IoTypes, basis.IoType)
            from clock in Or(ClockPeriodsNanoseconds, basis.ClockPeriodNanoseconds)
            from precision in Or(Precisions, basis.Precision)
            from reuse in Or(ReuseFactors, basis.ReuseFactor)
            select (basis with
            {
                Part = board.Part, Strategy = strategy, IoType = io, ClockPeriodNanoseconds = clock, Precision = precision, ReuseFactor = reuse, Layers = layers,
                WeightPrecision = Precisions.Count > 0 ? null : basis.WeightPrecision,
            }, board);
    }

    private static IReadOnlyList<int> Valid(MatrixProduct product) => Rules.ReuseFactors.Valid(product.Inputs, product.Outputs);

    private static int Size<T>(IReadOnlyList<T> list) => Math.Max(1, list.Count);

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<T> list, T otherwise) => list.Count > 0 ? list : [otherwise];
}
