using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

public sealed class TraceReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_csv_trace_keeps_hosts_requests_and_fills_holes_with_the_last_value()
    {
        File.WriteAllText(_file, "host,vm,t_unix,requested,used\na,1,0,4,1\na,1,300,4,2\na,1,900,4,3\na,2,300,2,0.5\n");
        var fleet = TraceReaders.Find("csv").Read(_file, Resource.Cpu, 25, 1);
        var host = Assert.Single(fleet.Hosts);
        Assert.Equal([1, 2.5, 2, 3], host.Total.ToArray());
        Assert.Equal([4.0, 6, 4, 4], host.Requested.ToArray());
    }

    [Theory]
    [InlineData("host,vm,t_unix,requested\n", "used")]
    [InlineData("host,vm,t_unix,requested,used\na,1,0,4,much\n", "line 2")]
    [InlineData("host,vm,t_unix,requested,used\na,1,0\n", "expected 5 columns, got 3")]
    [InlineData("", "header")]
    public void A_file_of_another_layout_is_refused_and_the_place_is_named(string content, string expected)
    {
        File.WriteAllText(_file, content);
        var error = Assert.Throws<TraceException>(() => TraceReaders.Find("csv").Read(_file, Resource.Cpu, 25, 1));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_nobody_knows_is_answered_with_the_names_there_are()
    {
        var error = Assert.Throws<TraceException>(() => TraceReaders.Find("azure"));
        Assert.Contains("planetlab", error.Message, StringComparison.Ordinal);
    }
}
