using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Workloads;

public sealed class WorkloadMetricsTests
{
    private static IReadOnlyList<MetricDefinition> Metrics => MetricCatalogue.Current.For(EntityKind.Workload);

    [Theory]
    [InlineData("vm", 53)]
    [InlineData("perf", 38)]
    [InlineData("topdown", 12)]
    public void A_workload_has_the_three_groups_of_the_schema(string group, int count) =>
        Assert.Equal(count, Metrics.Count(metric => metric.Group == group));

    [Fact]
    public void A_workload_and_the_mean_of_its_neighbours_make_206_features() => Assert.Equal(206, 2 * Metrics.Count);

    [Fact]
    public void Groups_follow_one_another_without_mixing() =>
        Assert.Equal(["vm", "perf", "topdown"], Metrics.Select(metric => metric.Group).Distinct().Where((group, index) => Metrics.Skip(index == 0 ? 0 : index == 1 ? 53 : 91).First().Group == group));

    [Fact]
    public void Names_are_unique() => Assert.Equal(Metrics.Count, Metrics.Select(metric => metric.Name).Distinct().Count());
}
