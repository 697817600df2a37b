using System.IO.Compression;
using System.Text;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

public sealed class OwnTraceTests
{
    [Fact]
    public void The_platforms_own_hosts_become_a_trace_on_the_windows_they_share()
    {
        var fleet = PastFleet.Make("store", [MadeUpHost.Make(600), MadeUpHost.Make(590, seed: 12), MadeUpHost.Make(100, seed: 13)], Resource.Memory);
        Assert.Equal((2, 590, TimeSpan.FromMinutes(5)), (fleet.Hosts.Count, fleet.Windows, fleet.Step));
        var whole = PastFleet.Make("store", [MadeUpHost.Make(600)], Resource.Memory);
        Assert.Equal(whole.Hosts[0].Total[^1], fleet.Hosts[0].Total[^1], 9);
        Assert.Equal(whole.Hosts[0].Total[10], fleet.Hosts[0].Total[0], 9);
    }

    [Fact]
    public void A_store_without_hosts_is_refused()
    {
        var error = Assert.Throws<TraceException>(() => PastFleet.Make("store", [], Resource.Cpu));
        Assert.Contains("telemetry", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fleet_curve_is_one_host_and_says_which_resources_it_has()
    {
        var root = Directory.CreateTempSubdirectory();
        try
        {
            var folder = root.CreateSubdirectory("datacenter-aggregates");
            using (var file = new GZipStream(File.Create(Path.Combine(folder.FullName, "alibaba2018_30s.csv.gz")), CompressionLevel.Fastest))
            {
                file.Write(Encoding.ASCII.GetBytes("cpu_util_percent,mem_util_percent,net_in\n16,87,1\n18,86,1\n"));
            }

            var fleet = NamedTraces.Read("alibaba2018", () => root.FullName, Resource.Memory, 25, 1);
            Assert.Equal([87.0, 86], Assert.Single(fleet.Hosts).Total.ToArray());
            Assert.Equal(100, fleet.Hosts[0].Requested[0]);
            var error = Assert.Throws<TraceException>(() => NamedTraces.Read("azure2019", () => root.FullName, Resource.Memory, 25, 1));
            Assert.Contains("azure2019 records Cpu", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
