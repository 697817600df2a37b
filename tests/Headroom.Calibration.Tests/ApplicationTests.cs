using Headroom.Calibration.Probes;

namespace Headroom.Calibration.Tests;

public sealed class ApplicationTests
{
    [Theory]
    [InlineData("cpu", "rate 123.5", 123.5)]
    [InlineData("sysbench-cpu", "[ 1s ] thds: 1 eps: 3166.21 lat (ms,95%): 0.34", 3166.21)]
    [InlineData("sysbench-memory", "[ 1s ] 7087.50 MiB/sec", 7087.5)]
    [InlineData("redis", "GET: 52493.44 requests per second, p50=0.087 msec", 52493.44)]
    [InlineData("pgbench", "progress: 2.0 s, 731.9 tps, lat 1.365 ms stddev 0.305, 0 failed", 731.9)]
    [InlineData("nginx", "Requests/sec:  26816.82", 26816.82)]
    [InlineData("fio", "3;fio-3.33;x;0;0;19876;42836;10719;464;0;0", 10719)]
    public void The_speed_is_read_from_what_the_tool_prints(string name, string line, double rate)
    {
        var application = ApplicationTable.All("headroom").Single(application => application.Name == name);
        Assert.Equal(rate, application.ReadRate(line));
        Assert.Null(application.ReadRate("nothing to see"));
    }

    [Fact]
    public void Names_of_applications_are_unique()
    {
        var names = ApplicationTable.All("headroom").Select(application => application.Name).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_built_in_probe_works_and_states_its_speed()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-probe-").FullName;
        foreach (var probe in BuiltInProbes.All)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var output = new StopAtFirstRate(limit);
            probe.Run(folder, 2, output, limit.Token);
            Assert.True(output.Rate > 0, probe.Name);
        }

        Assert.Empty(Directory.EnumerateFiles(folder));
        Directory.Delete(folder);
    }

    /// <summary>Ends a probe once it has stated a speed; how soon that is depends on how busy the machine is.</summary>
    private sealed class StopAtFirstRate(CancellationTokenSource stop) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public double Rate { get; private set; }

        public override void WriteLine(string? value)
        {
            Rate = double.Parse(value!["rate ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            if (Rate > 0)
            {
                stop.Cancel();
            }
        }
    }
}
