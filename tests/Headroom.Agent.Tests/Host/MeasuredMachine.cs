using Headroom.Agent.Collecting;
using Headroom.Agent.Configuration;
using Headroom.Agent.Files;
using Headroom.Agent.Tests.Logging;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Time.Testing;

namespace Headroom.Agent.Tests.Host;

/// <summary>A folder with the files of a machine, and collectors that read it by a clock that the test moves.</summary>
internal sealed class MeasuredMachine : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CollectorRunner _runner;

    /// <param name="create">The collectors under test, in their order.</param>
    public MeasuredMachine(params Func<CollectorServices, ICollector>[] create)
    {
        Options = new AgentOptions { Root = Root };
        var files = new KernelFiles(new LinuxFileSystem(Root));
        Entities = new EntityRegistry(MetricCatalogue.Current, "machine", new Dictionary<string, string>());
        var services = new CollectorServices(files, Entities, Options, _clock, Log);
        _runner = new CollectorRunner([.. create.Select(one => one(services))], Entities, _clock, Log);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("headroom-host-").FullName;

    public AgentOptions Options { get; }

    public EntityRegistry Entities { get; }

    public ListLog Log { get; } = new();

    public IEnumerable<string> Problems => _runner.Problems;

    /// <summary>Lays the recorded files of that name over what is there.</summary>
    public void Load(string recording)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Host", "Recorded", recording);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            Write("/" + Path.GetRelativePath(source, file), File.ReadAllBytes(file));
        }
    }

    public void Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>A file that is written again keeps its place, so open descriptors see the new content.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        using var file = new FileStream(Root + path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(content);
        file.SetLength(file.Position);
    }

    public void Delete(string path) => File.Delete(Root + path);

    /// <summary>Reads everything once.</summary>
    public void Tick(double secondsSincePrevious = 1)
    {
        _clock.Advance(TimeSpan.FromSeconds(secondsSincePrevious));
        _runner.Run(_clock.GetUtcNow());
    }

    /// <summary>A value of this tick, or null when it is missing.</summary>
    public float? Value(EntityKind kind, string key, string metric)
    {
        var entity = Entities.Find(kind, key);
        return entity is { HasValues: true } ? entity.Sample.Values[Entities.Metric(kind, metric)] : null;
    }

    public float? Host(string metric) => Value(EntityKind.Host, EntityRegistry.HostKey, metric);

    /// <summary>Every value of this tick.</summary>
    public IEnumerable<(string Entity, MetricDefinition Metric, float Value)> All() =>
        from sample in Entities.Samples()
        let entity = Entities.Descriptors.Single(descriptor => descriptor.LocalId == sample.LocalId)
        from ordinal in Enumerable.Range(0, sample.Values.Length)
        where sample.Values.IsPresent(ordinal)
        select (entity.Key, MetricCatalogue.Current.For(entity.Kind)[ordinal], sample.Values[ordinal]!.Value);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
