using Headroom.Ingestion.Mapping;
using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Mapping.NodeExporter;
using Headroom.Ingestion.Mapping.OpenTelemetry;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Tests.Mapping;

public sealed class RuleTableTests
{
    [Fact]
    public void Every_rule_names_a_metric_that_the_catalogue_has_for_that_kind_of_entity()
    {
        var unknown = Of(EntityKind.Host, NodeHost.Rules.Values.SelectMany(rules => rules))
            .Concat(Of(EntityKind.Host, OtelHostRules.Host.Values.SelectMany(rules => rules)))
            .Concat(Of(EntityKind.Host, DiskIo.Rules.Values.SelectMany(rules => rules)))
            .Concat(Of(EntityKind.Disk, DiskIo.Rules.Values.SelectMany(rules => rules)))
            .Concat(Of(EntityKind.Gpu, DcgmRules.Rules.Values.SelectMany(rules => rules)))
            .Concat(Of(EntityKind.Workload, CadvisorRules.Rules.Values))
            .Concat(Of(EntityKind.Workload, OtelContainerRules.Rules.Values))
            .Where(rule => MetricCatalogue.Current.OrdinalOf(rule.Kind, rule.Rule.Metric) is null)
            .Select(rule => $"{rule.Kind} {rule.Rule.Metric}");
        Assert.Empty(unknown);
    }

    [Fact]
    public void A_rate_is_only_put_where_the_catalogue_wants_one_or_a_quotient()
    {
        var wrong = Of(EntityKind.Host, NodeHost.Rules.Values.SelectMany(rules => rules)).Concat(Of(EntityKind.Gpu, DcgmRules.Rules.Values.SelectMany(rules => rules)))
            .Where(rule => rule.Rule.Combine != Headroom.Ingestion.Series.Combine.Ratio)
            .Where(rule => rule.Rule.AsRate != (Definition(rule.Kind, rule.Rule.Metric).Kind == MetricKind.Rate))
            .Select(rule => rule.Rule.Metric);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_source_is_found_by_the_names_it_sends()
    {
        var table = new SourceRulesTable(SourceRulesTable.All);
        foreach (var (name, source) in new[]
        {
            ("node_load1", "node_exporter"), ("DCGM_FI_DEV_GPU_UTIL", "dcgm-exporter"), ("container_memory_rss", "cadvisor"), ("system.cpu.time", "opentelemetry-host"),
            ("container.cpu.time", "opentelemetry-container"), ("hw.gpu.utilization", "opentelemetry-hardware"),
        })
        {
            Assert.Equal(source, table.RulesFor(name)?.Name);
        }

        Assert.Null(table.RulesFor("http_requests_total"));
    }

    [Theory]
    [InlineData("vda", true, true)]
    [InlineData("vda1", false, false)]
    [InlineData("nvme0n1", true, true)]
    [InlineData("nvme0n1p2", false, false)]
    [InlineData("loop3", false, false)]
    [InlineData("zram0", false, false)]
    [InlineData("dm-0", true, false)]
    [InlineData("md127", true, false)]
    public void Names_tell_disks_from_what_stands_on_them(string device, bool isDisk, bool isPhysical) =>
        Assert.Equal((isDisk, isPhysical), (DeviceNames.IsDisk(device), DeviceNames.IsPhysicalDisk(device)));

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("enp3s0f1", true)]
    [InlineData("wlan0", true)]
    [InlineData("lo", false)]
    [InlineData("veth12ab", false)]
    [InlineData("br-0a1b", false)]
    [InlineData("eth0.100", false)]
    [InlineData("docker0", false)]
    public void Names_tell_network_cards_from_what_software_makes(string device, bool isPhysical) =>
        Assert.Equal(isPhysical, DeviceNames.IsPhysicalInterface(device));

    private static IEnumerable<(EntityKind Kind, MetricRule Rule)> Of(EntityKind kind, IEnumerable<MetricRule> rules) => rules.Select(rule => (kind, rule));

    private static MetricDefinition Definition(EntityKind kind, string metric) => MetricCatalogue.Current.For(kind)[MetricCatalogue.Current.OrdinalOf(kind, metric)!.Value];
}
