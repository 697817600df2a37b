using Headroom.Telemetry.Catalogue;

namespace Headroom.Telemetry.Tests.Catalogue;

public sealed class MetricCatalogueTests
{
    private static readonly MetricCatalogue Catalogue = MetricCatalogue.Current;

    public static TheoryData<EntityKind> Kinds() => new(Enum.GetValues<EntityKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_are_lower_case_parts_with_dots_and_unique(EntityKind kind)
    {
        var names = Catalogue.For(kind).Select(metric => metric.Name).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+$", name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_metric_says_what_it_means_in_one_sentence_and_where_it_is_read(EntityKind kind) =>
        Assert.All(Catalogue.For(kind), metric =>
        {
            Assert.Matches("^[A-Z0-9].*[^.]\\.$", metric.Description);
            Assert.NotEmpty(metric.Source);
            Assert.NotEmpty(metric.Group);
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Units_are_ucum(EntityKind kind) =>
        Assert.All(Catalogue.For(kind), metric =>
            Assert.Matches("^(1|By|s|Hz|W|V|Cel|bit)(/s)?$|^\\{[a-z_]+\\}(/s|/min)?$|^(By|s|W|1)/\\{[a-z_]+\\}$|^\\{[a-z_]+\\}/\\{[a-z_]+\\}$", metric.Unit));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_name_leads_to_its_place(EntityKind kind)
    {
        for (var ordinal = 0; ordinal < Catalogue.For(kind).Count; ordinal++)
        {
            Assert.Equal(ordinal, Catalogue.OrdinalOf(kind, Catalogue.For(kind)[ordinal].Name));
        }
    }

    [Fact]
    public void A_host_has_at_least_100_metrics_a_workload_103_and_a_gpu_with_its_processes_40()
    {
        Assert.InRange(Catalogue.For(EntityKind.Host).Count, 100, int.MaxValue);
        Assert.InRange(Catalogue.For(EntityKind.Workload).Count, 103, int.MaxValue);
        Assert.InRange(Catalogue.For(EntityKind.Gpu).Count + Catalogue.For(EntityKind.GpuProcess).Count, 40, int.MaxValue);
    }

    [Fact]
    public void An_unknown_name_has_no_place()
    {
        Assert.Null(Catalogue.OrdinalOf(EntityKind.Host, "no.such.metric"));
        Assert.Null(Catalogue.Find(EntityKind.Disk, "system.cpu.utilization"));
    }
}
