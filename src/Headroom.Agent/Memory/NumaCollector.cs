using Headroom.Agent.Collecting;

namespace Headroom.Agent.Memory;

/// <summary>Memory and CPU use of every NUMA node. Runs after the CPU collector, whose values it averages.</summary>
internal sealed class NumaCollector(CollectorServices services) : ICollector
{
    private const string Folder = "/sys/devices/system/node";

    private List<NumaNode>? _nodes;

    public string Name => "numa";

    public void Collect(CollectionContext context)
    {
        _nodes ??= Discover();
        foreach (var node in _nodes)
        {
            node.Collect(context);
        }
    }

    private List<NumaNode> Discover()
    {
        var names = new List<string>();
        services.Files.System.List(Folder, names);
        return
        [
            .. names
                .Where(name => name.StartsWith("node", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), out _))
                .Order(StringComparer.Ordinal)
                .Select(name => new NumaNode(services, $"{Folder}/{name}", name)),
        ];
    }
}
