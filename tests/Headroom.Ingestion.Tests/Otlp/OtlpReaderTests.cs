using System.Text;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Otlp;
using Headroom.Ingestion.Series;
using Headroom.Ingestion.Tests.Series;
using Headroom.Testing.Bodies;

namespace Headroom.Ingestion.Tests.Otlp;

public sealed class OtlpReaderTests
{
    private static readonly long Now = TestCatalogue.NowMilliseconds;

    private static OtlpBody Sample => new OtlpBody().Resource("host.name", "alpha")
        .Gauge("test.level", "", Now, 4)
        .Sum("test.rate", "mode=user", 1_000, Now - 2_000, 10)
        .Sum("test.rate", "mode=user", 1_000, Now, 16);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Protobuf_points_become_rows_wherever_the_resource_stands(bool resourceLast) =>
        Assert.Equal(["alpha 0 0=4", "alpha 0 1=3"], TestCatalogue.Describe(ReadProtobuf(Sample.Protobuf(resourceLast))));

    [Fact]
    public void Deltas_are_divided_by_their_own_interval()
    {
        var body = new OtlpBody().Resource("host.name", "a").Sum("test.rate", "", Now - 5_000, Now, 20, temporality: 1);
        Assert.Equal(["a 0 1=4"], TestCatalogue.Describe(ReadProtobuf(body.Protobuf())));
    }

    [Fact]
    public void Integers_count_and_points_without_a_recorded_value_do_not()
    {
        var intake = ReadProtobuf(new OtlpBody().Resource("host.name", "a").Whole("test.level", "", Now - 1_000, -3).NoRecordedValue("test.level", "", Now).Protobuf());
        Assert.Equal(["a -1 0=-3"], TestCatalogue.Describe(intake));
        Assert.Equal(1, intake.MissingPoints);
    }

    [Fact]
    public void A_histogram_is_read_as_its_count_and_its_sum()
    {
        var unmapped = new UnmappedSeries();
        var intake = TestCatalogue.Intake(unmapped);
        new OtlpProtobufReader(TestCatalogue.Table(), intake).Read(new OtlpBody().Histogram("http.server.duration", "route=/", Now, 4, 1.5).Protobuf());
        Assert.Equal(["http.server.duration.count", "http.server.duration.sum"], unmapped.Top(9).Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Json_gives_what_protobuf_gives()
    {
        var json = $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"scope":{"name":"x"},"metrics":[
              {"name":"test.level","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"{{{Now}}}000000","asInt":"4"}]}},
              {"name":"test.rate","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
                {"attributes":[{"key":"mode","value":{"stringValue":"user"}}],"startTimeUnixNano":"1000000000","timeUnixNano":"{{{Now - 2_000}}}000000","asDouble":10},
                {"attributes":[{"key":"mode","value":{"stringValue":"user"}}],"startTimeUnixNano":"1000000000","timeUnixNano":{{{Now}}}000000,"asDouble":16}]}},
              {"name":"test.level","gauge":{"dataPoints":[{"timeUnixNano":"{{{Now}}}000000","flags":1},{"timeUnixNano":"{{{Now}}}000000","asDouble":"NaN"}]}}
            ]}],"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"alpha"}}]}}]}
            """;
        var intake = ReadJson(json);
        Assert.Equal(TestCatalogue.Describe(ReadProtobuf(Sample.Protobuf())), TestCatalogue.Describe(intake));
        Assert.Equal(2, intake.MissingPoints);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"resourceMetrics\":5}")]
    [InlineData("{\"resourceMetrics\":[5]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":7}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"test.level\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"soon\"}]}}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"test.level\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1\",\"asDouble\":true}]}}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"test.level\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1\",\"asDouble\":1,\"attributes\":[{\"key\":\"a\",\"value\":7}]}]}}]}]}]}")]
    public void Json_of_another_shape_is_malformed(string json) => Assert.Throws<MalformedBodyException>(() => ReadJson(json));

    [Fact]
    public void Deep_json_is_refused() =>
        Assert.Throws<MalformedBodyException>(() => ReadJson(new string('[', 100_000)));

    [Fact]
    public void Every_cut_and_twenty_thousand_mutations_are_read_or_refused()
    {
        var body = Sample.Histogram("http.server.duration", "route=/", Now, 4, 1.5).Protobuf();
        for (var length = 0; length < body.Length; length++)
        {
            Hostile.ReadOrRefuse(() => ReadProtobuf(body[..length]));
        }

        Hostile.Mutate(body, seed: 11, count: 20_000, mutated => ReadProtobuf(mutated));
    }

    [Fact]
    public void Mutations_of_json_are_read_or_refused()
    {
        var json = $$$"""{"resourceMetrics":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"a"}}]},"scopeMetrics":[{"metrics":[{"name":"test.level","gauge":{"dataPoints":[{"timeUnixNano":"{{{Now}}}000000","asDouble":4,"flags":0}]}}]}]}]}""";
        Hostile.Mutate(Encoding.UTF8.GetBytes(json), seed: 13, count: 10_000, mutated => ReadJson(mutated));
    }

    private static PointIntake ReadProtobuf(byte[] body)
    {
        var intake = TestCatalogue.Intake();
        new OtlpProtobufReader(TestCatalogue.Table(), intake).Read(body);
        return intake;
    }

    private static PointIntake ReadJson(string json) => ReadJson(Encoding.UTF8.GetBytes(json));

    private static PointIntake ReadJson(byte[] json)
    {
        var intake = TestCatalogue.Intake();
        new OtlpJsonReader(TestCatalogue.Table(), intake).Read(json);
        return intake;
    }
}
