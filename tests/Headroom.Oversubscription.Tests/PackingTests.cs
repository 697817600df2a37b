using FsCheck;
using FsCheck.Fluent;
using Headroom.Oversubscription.Packing;
using Headroom.Oversubscription.Recommendations;

namespace Headroom.Oversubscription.Tests;

public sealed class PackingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void No_plan_fills_a_host_above_its_limit_and_the_exact_one_is_never_worse()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(ArbMap.Default.GeneratorFor<int>().ToArbitrary(), seed =>
        {
            var problem = Make(seed);
            var simple = new FirstFitPacker().Pack(problem, Cancellation);
            var exact = new ExactPacker().Pack(problem, Cancellation);
            Assert.All(new[] { simple, exact }, plan => Assert.All(problem.Hosts.Index(), host =>
            {
                var placed = problem.Machines.Where((_, machine) => plan.Places[machine] == host.Index).Aggregate(host.Item.Staying, (sum, machine) => sum + machine.Need);
                Assert.True(placed.FitsIn(host.Item.Limit));
            }));
            Assert.True(exact.Unplaced <= simple.Unplaced);
            Assert.True(exact.Unplaced < simple.Unplaced || exact.HostsUsed(problem) <= simple.HostsUsed(problem));
        }));
    }

    [Fact]
    public void Machines_whose_peaks_lie_at_different_hours_share_a_host()
    {
        var day = SlotUse.Flat(1, 1);
        double[] morning = [.. Enumerable.Range(0, SlotUse.Slots).Select(slot => slot < 12 ? 6.0 : 1.0)];
        double[] evening = [.. Enumerable.Range(0, SlotUse.Slots).Select(slot => slot < 12 ? 1.0 : 6.0)];
        var host = new PackingHost(1, "host", SlotUse.Flat(8, 8), SlotUse.None, true);
        var apart = new PackingProblem([host], [new("morning", null, day with { Cores = morning }), new("evening", null, day with { Cores = evening })]);
        var together = new PackingProblem([host], [new("one", null, day with { Cores = morning }), new("other", null, day with { Cores = morning })]);
        Assert.Equal(0, new ExactPacker().Pack(apart, Cancellation).Unplaced);
        Assert.Equal(1, new ExactPacker().Pack(together, Cancellation).Unplaced);
    }

    [Fact]
    public void New_machines_go_where_they_fit_and_the_rest_is_named_unplaced()
    {
        var answer = WhatIf.Answer([Host(1)], new WhatIfQuestion(Count: 20, Cores: 2, Gibibytes: 2), new ExactPacker(), Cancellation);
        Assert.InRange(answer.Placed, 1, 5);
        Assert.Equal(20, answer.Placed + answer.Unplaced);
        var host = Assert.Single(answer.Hosts);
        Assert.InRange(host.CoresAfter, host.CoresBefore + (2 * answer.Placed) - 1e-6, host.CoresLimit);
    }

    [Fact]
    public void A_list_of_machines_of_different_shapes_is_placed_by_name()
    {
        var list = MachineShape.ParseList("db, 2, 4, 50\n\nweb, 1, 1\nhuge, 5000, 1\n");
        Assert.Equal([new("db", 2, 4, 0.5), new("web", 1, 1), new("huge", 5000, 1)], list);
        var answer = WhatIf.Answer([Host(1)], new WhatIfQuestion { Machines = list }, new ExactPacker(), Cancellation);
        Assert.Equal([("db", "host-1"), ("web", "host-1"), ("huge", null)], answer.Moves.Select(move => (move.Machine, move.To)));
        var host = Assert.Single(answer.Hosts);
        Assert.Equal((host.CoresBefore + 2, host.GibibytesBefore + 3), (host.CoresAfter, host.GibibytesAfter));
    }

    [Theory]
    [InlineData("db, 2")]
    [InlineData("db, two, 4")]
    [InlineData("db, 2, 4, 50, 1")]
    public void A_line_that_is_no_machine_is_refused_with_its_number(string line)
    {
        var error = Assert.Throws<ArgumentException>(() => MachineShape.ParseList($"web, 1, 1\n{line}"));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drained_host_gives_every_workload_to_the_others()
    {
        var answer = WhatIf.Answer([Host(1), Host(2), Host(3)], new WhatIfQuestion(DrainHostId: 2), new ExactPacker(), Cancellation);
        Assert.Equal((4, 0), (answer.Placed, answer.Unplaced));
        Assert.All(answer.Moves, move => Assert.NotEqual("host-2", move.To));
        Assert.Equal((3, 2), (answer.HostsBefore, answer.HostsAfter));
    }

    [Fact]
    public void Hosts_with_room_are_consolidated_onto_fewer()
    {
        var answer = WhatIf.Answer([Host(1), Host(2), Host(3)], new WhatIfQuestion(Consolidate: true), new ExactPacker(), Cancellation);
        Assert.True(answer.HostsAfter < answer.HostsBefore);
        Assert.Equal(0, answer.Unplaced);
    }

    [Theory]
    [InlineData(1, 0, 1, null, "cores")]
    [InlineData(-1, 1, 1, null, "count")]
    [InlineData(0, 0, 0, 9, "drainHostId")]
    public void A_question_that_makes_no_sense_is_refused_with_the_field(int count, double cores, double gibibytes, int? drain, string field)
    {
        var error = Assert.Throws<ArgumentException>(() => WhatIf.Answer([Host(1)], new WhatIfQuestion(count, cores, gibibytes, 1, drain), new FirstFitPacker(), Cancellation));
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    private static RecommendationSnapshot Host(int id)
    {
        var inputs = MadeUpHost.Make(seed: 20 + id) with { HostId = id, Host = $"host-{id}" };
        return new RecommendationSnapshot(inputs, HostAdvisor.Recommend(inputs, Cancellation));
    }

    private static PackingProblem Make(int seed)
    {
        var random = new Random(seed);
        SlotUse Use(double most) => new(
            [.. Enumerable.Range(0, SlotUse.Slots).Select(_ => most * random.NextDouble())],
            [.. Enumerable.Range(0, SlotUse.Slots).Select(_ => most * random.NextDouble())]);
        return new PackingProblem(
            [.. Enumerable.Range(0, 1 + random.Next(4)).Select(host => new PackingHost(host, $"host-{host}", SlotUse.Flat(8, 8), Use(2), random.Next(2) == 0))],
            [.. Enumerable.Range(0, random.Next(10)).Select(machine => new PackingMachine($"machine-{machine}", null, Use(5)))]);
    }
}
