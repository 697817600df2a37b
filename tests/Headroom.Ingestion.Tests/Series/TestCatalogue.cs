using Headroom.Ingestion.Mapping;
using Headroom.Ingestion.Series;
using Headroom.Storage;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Time.Testing;

namespace Headroom.Ingestion.Tests.Series;

/// <summary>A vocabulary of two metrics with rules of a made-up source, so that reading is tested apart from the real tables.</summary>
internal static class TestCatalogue
{
    public const int Level = 0, Rate = 1;

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static long NowMilliseconds => Now.ToUnixTimeMilliseconds();

    public static MetricCatalogue Metrics { get; } = new(1, new Dictionary<EntityKind, IReadOnlyList<MetricDefinition>>
    {
        [EntityKind.Host] =
        [
            new("test.level", "1", MetricKind.Gauge, "test", "test", "A level."),
            new("test.rate", "1/s", MetricKind.Rate, "test", "test", "A rate."),
        ],
    });

    public static SeriesTable Table(IngestionOptions? options = null) =>
        new(new SourceRulesTable([new TestRules()]), Metrics, new FakeTimeProvider(Now), options ?? new IngestionOptions());

    public static PointIntake Intake(IngestionOptions? options = null) =>
        Intake(new UnmappedSeries(), options);

    public static PointIntake Intake(UnmappedSeries unmapped, IngestionOptions? options = null) =>
        new(options ?? new IngestionOptions(), TimeBounds.At(Now, new StorageOptions { SampleRetention = TimeSpan.FromDays(7) }), unmapped);

    /// <summary>All rows of an intake as text: host, second before now, ordinal, value.</summary>
    public static List<string> Describe(PointIntake intake) => intake.Rows.Rows
        .SelectMany(row => Enumerable.Range(0, row.Value.Length)
            .Where(row.Value.IsPresent)
            .Select(ordinal => FormattableString.Invariant($"{row.Key.Entity.Reference.HostName} {row.Key.Second - (NowMilliseconds / 1000)} {ordinal}={row.Value[ordinal]}")))
        .Order(StringComparer.Ordinal)
        .ToList();

    private sealed class TestRules : ISourceRules
    {
        public string Name => "test";

        public IReadOnlyList<string> Prefixes => ["test_", "test."];

        public IEnumerable<MetricTarget> Map(SeriesIdentity series)
        {
            var host = new EntityReference(HostName.Of(series), EntityKind.Host, "host", HostName.Of(series));
            return series.Name.Replace('_', '.') switch
            {
                "test.level" => [new(host, MetricRule.Level("test.level"))],
                "test.rate" => [new(host, MetricRule.Rate("test.rate"))],
                _ => [],
            };
        }
    }
}
