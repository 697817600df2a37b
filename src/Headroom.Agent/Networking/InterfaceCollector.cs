using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>What every network interface carries, and the physical ones together: <c>/proc/net/dev</c> of the host's first process.</summary>
internal sealed class InterfaceCollector(CollectorServices services) : ICollector
{
    private const string Expected = "'name:' and 16 numbers";
    private const int HeaderLines = 2;

    // /proc/net is the reader's own network namespace; process 1 has the host's even when the agent runs in a container.
    private readonly KernelFile _file = services.Files.File("/proc/1/net/dev");
    private readonly KernelFile _own = services.Files.File("/proc/net/dev");
    private readonly Dictionary<byte[], NetworkInterface> _interfaces = new(Utf8Keys.Comparer);
    private readonly List<byte[]> _removed = [];
    private readonly CounterTotals _totals = new(InterfaceTraffic.ColumnCount);
    private readonly InterfaceTraffic _hostTraffic = new(services.Entities, EntityKind.Host);
    private readonly InterfaceTraffic _traffic = new(services.Entities, EntityKind.NetworkInterface);
    private readonly InterfaceLink _link = new(services.Entities);
    private int _rows;

    public string Name => "network";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content) && !_own.TryRead(out content))
        {
            return;
        }

        ReadTable(context, content);
        _totals.Clear();
        foreach (var (name, networkInterface) in _interfaces)
        {
            if (networkInterface.LastTick != context.Tick)
            {
                _removed.Add(name);
            }
            else if (networkInterface.IsKnown)
            {
                Set(networkInterface);
            }
        }

        if (_totals.Count > 0)
        {
            _hostTraffic.Set(context.Host, _totals.Increases, _totals.Seconds);
        }

        ForgetRemoved();
    }

    private void ReadTable(CollectionContext context, ReadOnlySpan<byte> content)
    {
        Span<ulong> columns = stackalloc ulong[InterfaceTraffic.ColumnCount];
        var lines = new Lines(content);
        for (var number = 0; lines.TryRead(out var line); number++)
        {
            if (number < HeaderLines)
            {
                continue;
            }

            var colon = line.IndexOf((byte)':');
            var fields = new Fields(line[(colon + 1)..]);
            var width = 0;
            while (colon > 0 && width < columns.Length && fields.TryReadUnsigned(out columns[width]))
            {
                width++;
            }

            if (width < columns.Length)
            {
                context.Malformed(_file.Path, Expected, line);
                continue;
            }

            var networkInterface = Find(line[..colon].Trim((byte)' '));
            networkInterface.LastTick = context.Tick;
            networkInterface.IsKnown = networkInterface.Counters.TryAdvance(columns, context.MonotonicNanoseconds);
        }
    }

    private void Set(NetworkInterface networkInterface)
    {
        var counters = networkInterface.Counters;
        if (networkInterface.IsPhysical)
        {
            _totals.Add(counters);
        }

        if (networkInterface.Entity is { } entity)
        {
            _traffic.Set(entity, counters.Increases, counters.Seconds);
            _link.Set(entity, networkInterface);
        }
    }

    private NetworkInterface Find(ReadOnlySpan<byte> name)
    {
        var lookup = _interfaces.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(name, out var networkInterface))
        {
            networkInterface = Describe(Encoding.UTF8.GetString(name));
            lookup[name] = networkInterface;
        }

        return networkInterface;
    }

    private NetworkInterface Describe(string name)
    {
        var folder = $"/sys/class/net/{name}";
        var isPhysical = services.Files.System.Exists($"{folder}/device");
        Entity? entity = null;
        if (_rows < services.Options.Host.MaxNetworkInterfaces)
        {
            _rows++;
            var attributes = new Dictionary<string, string>
            {
                ["network.interface.name"] = name,
                ["network.interface.physical"] = isPhysical ? "true" : "false",
            };
            if (services.Files.ReadText($"{folder}/mtu") is { } mtu)
            {
                attributes["network.interface.mtu"] = mtu;
            }

            entity = services.Entities.GetOrAdd(EntityKind.NetworkInterface, name, name, EntityRegistry.HostKey, attributes);
        }

        return new NetworkInterface(
            entity, isPhysical, services.Files.File($"{folder}/speed"), services.Files.File($"{folder}/carrier"), services.Files.File($"{folder}/carrier_changes"));
    }

    private void ForgetRemoved()
    {
        foreach (var name in _removed)
        {
            _interfaces.Remove(name, out var networkInterface);
            networkInterface!.Dispose();
            if (networkInterface.Entity is not null)
            {
                services.Entities.Remove(networkInterface.Entity);
                _rows--;
            }
        }

        _removed.Clear();
    }
}
