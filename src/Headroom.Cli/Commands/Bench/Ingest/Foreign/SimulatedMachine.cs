namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>A machine whose quantities walk at random: counters grow, levels go up and down.</summary>
internal sealed class SimulatedMachine
{
    private readonly Random _random;
    private readonly double[] _values;

    public SimulatedMachine(string name, int seed)
    {
        (Name, _random) = (name, new Random(seed));
        _values = [.. MachineSeries.All.Select(_ => 1_000 + Math.Round(_random.NextDouble() * 1_000, 2))];
    }

    public string Name { get; }

    /// <summary>Values now, in the order of <see cref="MachineSeries.All"/>.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>A second passes.</summary>
    public void Step()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var step = _random.NextDouble() * 10;
            _values[i] = Math.Max(0, Math.Round(_values[i] + (MachineSeries.All[i].IsCounter ? step : step - 5), 2));
        }
    }
}
