using System.Runtime.InteropServices;
using Headroom.Agent.Configuration;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Collecting;

/// <summary>The collecting half of an agent, put together from its settings.</summary>
/// <param name="Collectors">The collectors that the settings leave on.</param>
internal sealed record Collection(EntityRegistry Entities, IReadOnlyList<ICollector> Collectors, CollectorRunner Runner)
{
    /// <summary>Builds every collector that the settings leave on.</summary>
    public static Collection Create(AgentOptions options, TimeProvider clock, ILogger log)
    {
        var files = new KernelFiles(new LinuxFileSystem(options.Root));
        var entities = new EntityRegistry(MetricCatalogue.Current, HostName(options, files), HostAttributes(files));
        var collectors = CollectorTable.Create(new CollectorServices(files, entities, options, clock, log));
        return new Collection(entities, collectors, new CollectorRunner(collectors, entities, clock, log));
    }

    private static string HostName(AgentOptions options, KernelFiles files) =>
        options.HostName ?? files.ReadText("/proc/sys/kernel/hostname") ?? Environment.MachineName;

    private static Dictionary<string, string> HostAttributes(KernelFiles files)
    {
        var attributes = new Dictionary<string, string>
        {
            ["host.arch"] = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            ["os.type"] = "linux",
        };
        Add("host.id", "/etc/machine-id");
        Add("os.version", "/proc/sys/kernel/osrelease");
        return attributes;

        void Add(string name, string path)
        {
            if (files.ReadText(path) is { Length: > 0 } text)
            {
                attributes[name] = text;
            }
        }
    }
}
