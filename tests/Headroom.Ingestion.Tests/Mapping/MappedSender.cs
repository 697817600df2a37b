using System.Globalization;
using Headroom.Ingestion.Mapping;
using Headroom.Ingestion.Otlp;
using Headroom.Ingestion.RemoteWrite;
using Headroom.Ingestion.Series;
using Headroom.Ingestion.Tests.Series;
using Headroom.Storage;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing.Bodies;
using Microsoft.Extensions.Time.Testing;

namespace Headroom.Ingestion.Tests.Mapping;

/// <summary>One foreign sender before the real rules and the real catalogue; remembers the newest value of everything.</summary>
internal sealed class MappedSender
{
    private readonly SeriesTable _table = new(new SourceRulesTable(SourceRulesTable.All), MetricCatalogue.Current, new FakeTimeProvider(TestCatalogue.Now), new IngestionOptions());
    private readonly Dictionary<(EntityKind Kind, string Key, string Metric), float> _newest = [];

    /// <summary>Points that no rule maps.</summary>
    public int Unmapped { get; private set; }

    public static long Milliseconds(int second) => TestCatalogue.NowMilliseconds + (second * 1000L);

    /// <summary>What is stored now, with names of entities as <c>Disk vda</c>.</summary>
    public IReadOnlySet<string> Entities => _newest.Keys.Select(key => $"{key.Kind} {key.Key}").ToHashSet();

    public IReadOnlyDictionary<(EntityKind Kind, string Key, string Metric), float> Newest => _newest;

    public float? this[EntityKind kind, string key, string metric] => _newest.TryGetValue((kind, key, metric), out var value) ? value : null;

    public float? Host(string metric) => this[EntityKind.Host, "host", metric];

    /// <summary>Sends samples written as <c>name{label=value,…} number</c>, all of one second, from the target <c>box:9100</c>.</summary>
    public void Prometheus(int second, params string[] lines)
    {
        var body = new RemoteWriteBody();
        foreach (var line in lines)
        {
            var value = line[(line.LastIndexOf(' ') + 1)..];
            var name = line[..line.LastIndexOf(' ')];
            var brace = name.IndexOf('{', StringComparison.Ordinal);
            var labels = brace < 0 ? "" : name[(brace + 1)..^1];
            body.Series(brace < 0 ? name : name[..brace], labels.Length == 0 ? "instance=box:9100" : $"{labels},instance=box:9100", (Milliseconds(second), double.Parse(value, CultureInfo.InvariantCulture)));
        }

        Take(intake => RemoteWriteReader.Read(body.Protobuf(), _table, intake));
    }

    public void OpenTelemetry(OtlpBody body) => Take(intake => new OtlpProtobufReader(_table, intake).Read(body.Protobuf()));

    private void Take(Action<PointIntake> read)
    {
        var intake = new PointIntake(new IngestionOptions(), TimeBounds.At(TestCatalogue.Now, new StorageOptions()), new UnmappedSeries());
        read(intake);
        Assert.Equal(0, intake.Rejected.Total);
        Unmapped += intake.UnmappedPoints;
        foreach (var ((entity, _), row) in intake.Rows.Rows.OrderBy(row => row.Key.Second))
        {
            var definitions = MetricCatalogue.Current.For(entity.Reference.Kind);
            for (var ordinal = 0; ordinal < row.Length; ordinal++)
            {
                if (row.IsPresent(ordinal))
                {
                    _newest[(entity.Reference.Kind, entity.Reference.Key, definitions[ordinal].Name)] = row[ordinal]!.Value;
                }
            }
        }
    }
}
