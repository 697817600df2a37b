using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.RemoteWrite;
using Headroom.Ingestion.Tests.Series;
using Headroom.Testing.Bodies;

namespace Headroom.Ingestion.Tests.RemoteWrite;

public sealed class RemoteWriteReaderTests
{
    private static readonly long Now = TestCatalogue.NowMilliseconds;
    private static readonly double StaleMarker = BitConverter.UInt64BitsToDouble(0x7ff0000000000002);

    [Fact]
    public void Levels_and_counters_of_one_host_and_second_become_one_row()
    {
        var body = new RemoteWriteBody()
            .Series("test_level", "instance=alpha:9100", (Now - 1_000, 3), (Now, 4))
            .Series("test_rate", "instance=alpha:9100", (Now - 1_000, 10), (Now, 15));
        Assert.Equal(["alpha -1 0=3", "alpha 0 0=4", "alpha 0 1=5"], Read(body.Protobuf()));
    }

    [Fact]
    public void A_stale_marker_is_no_value_and_no_error()
    {
        var intake = TestCatalogue.Intake();
        RemoteWriteReader.Read(new RemoteWriteBody().Series("test_level", "instance=a", (Now, StaleMarker)).Protobuf(), TestCatalogue.Table(), intake);
        Assert.Equal((1, 0L, 0), (intake.MissingPoints, intake.Rejected.Total, intake.Rows.Rows.Count));
    }

    [Fact]
    public void What_no_rule_knows_is_counted_by_name()
    {
        var unmapped = new Headroom.Ingestion.Series.UnmappedSeries();
        var intake = TestCatalogue.Intake(unmapped);
        RemoteWriteReader.Read(
            new RemoteWriteBody().Series("go_goroutines", "instance=a", (Now, 1), (Now - 5, 1)).Series("up", "instance=a", (Now, 1)).Protobuf(),
            TestCatalogue.Table(),
            intake);
        Assert.Equal(3, intake.UnmappedPoints);
        Assert.Equal([("go_goroutines", 2L), ("up", 1L)], unmapped.Top(10));
    }

    [Fact]
    public void Times_and_values_that_cannot_be_are_refused_with_their_reason()
    {
        var intake = TestCatalogue.Intake();
        var eightDays = (long)TimeSpan.FromDays(8).TotalMilliseconds;
        RemoteWriteReader.Read(
            new RemoteWriteBody().Series("test_level", "instance=a", (Now - eightDays, 1), (Now + eightDays, 1), (Now, double.PositiveInfinity), (long.MaxValue, 1), (Now, 7)).Protobuf(),
            TestCatalogue.Table(),
            intake);
        Assert.Equal((1L, 2L, 1L), (Count(intake, "too-old"), Count(intake, "in-the-future"), Count(intake, "not-finite")));
        Assert.Contains("test_level at 2026-11-16T12:00:00", intake.Rejected.ToString(), StringComparison.Ordinal);
        Assert.Equal(["a 0 0=7"], TestCatalogue.Describe(intake));
    }

    [Fact]
    public void Series_beyond_the_limit_are_refused_and_known_ones_go_on()
    {
        var options = new IngestionOptions { MaxSeriesPerSender = 1 };
        var (table, intake) = (TestCatalogue.Table(options), TestCatalogue.Intake(options));
        RemoteWriteReader.Read(
            new RemoteWriteBody().Series("test_level", "instance=a", (Now, 1)).Series("test_level", "instance=b", (Now, 2)).Series("test_level", "instance=a", (Now - 2_000, 3)).Protobuf(),
            table,
            intake);
        Assert.Equal(["a -2 0=3", "a 0 0=1"], TestCatalogue.Describe(intake));
        Assert.Equal(1, Count(intake, "too-many-series"));
    }

    [Fact]
    public void A_series_without_a_name_is_malformed()
    {
        var body = new RemoteWriteBody().Series(new Dictionary<string, string> { ["instance"] = "a" }, (Now, 1)).Protobuf();
        var error = Assert.Throws<MalformedBodyException>(() => Read(body));
        Assert.Contains("__name__", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_body_is_read_or_refused_and_never_worse()
    {
        var body = new RemoteWriteBody().Series("test_level", "instance=a,job=node", (Now, 1), (Now - 1_000, 2)).Series("test_rate", "instance=a", (Now, 1)).Protobuf();
        for (var length = 0; length < body.Length; length++)
        {
            Hostile.ReadOrRefuse(() => Read(body[..length]));
        }
    }

    [Fact]
    public void Twenty_thousand_mutations_of_a_body_are_read_or_refused()
    {
        var body = new RemoteWriteBody().Series("test_level", "instance=a,job=node", (Now, 1), (Now - 1_000, 2)).Series("test_rate", "instance=a", (Now, 1)).Protobuf();
        Hostile.Mutate(body, seed: 7, count: 20_000, mutated => Read(mutated));
    }

    private static long Count(Headroom.Ingestion.Series.PointIntake intake, string reason) => intake.Rejected.ByReason.GetValueOrDefault(reason).Count;

    private static List<string> Read(byte[] body)
    {
        var intake = TestCatalogue.Intake();
        RemoteWriteReader.Read(body, TestCatalogue.Table(), intake);
        return TestCatalogue.Describe(intake);
    }
}
