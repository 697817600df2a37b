using FsCheck;
using FsCheck.Fluent;
using Headroom.Interference.Live;
using static Headroom.Interference.Tests.Live.MadeUpHosts;

namespace Headroom.Interference.Tests.Live;

public sealed class DepartureTests
{
    private static readonly Departure Departure = new(new LiveWindows(Schema));

    [Fact]
    public void With_one_neighbour_gone_the_host_falls_by_its_part_and_waiting_by_its_part_among_the_neighbours()
    {
        var target = Workload(1, 0.5, 0.4);
        var window = Host(1, target, Workload(2, 0.5, 0.4), Workload(3, 1, 0.4));

        var frame = Departure.Of(window, target, new HashSet<int> { 3 })!.Frames[0];

        // Half of the host's two cores went to workload 3, and two thirds of what ran beside the target.
        Assert.Equal([0.5, 0.4 / 3, 0.5, 0.4, 0.5, 0.5], frame.Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Fact]
    public void With_all_neighbours_gone_nothing_waits()
    {
        var target = Workload(1, 0.5, 0.4);
        var frame = Departure.Of(Host(1, target, Workload(2, 1.5, 0.4)), target, new HashSet<int> { 2 })!.Frames[0];

        Assert.Equal(0, frame[1]);
        Assert.Equal([0f, 0f], frame[2..4]);
        Assert.Equal(0.25, frame[4], 4);
    }

    [Fact]
    public void Nobody_gone_changes_nothing()
    {
        var target = Workload(1, 0.5, 0.4);
        var window = Host(0.8, target, Workload(2, 0.3, 0.1));

        Assert.Equal(new LiveWindows(Schema).Of(window, target)!.Frames, Departure.Of(window, target, new HashSet<int> { 9 })!.Frames);
    }

    [Fact]
    public void Whoever_goes_waiting_and_use_never_rise_and_stay_shares() => Prop.ForAll(
        Gen.Choose(3, 200).Select(cores => cores / 100.0).ArrayOf(5).ToArbitrary(),
        Gen.Choose(0, 15).ToArbitrary(),
        (cores, mask) =>
        {
            var target = Workload(0, cores[0], 0.7);
            var window = Host(0.9, [target, .. cores[1..].Select((amount, index) => Workload(index + 1, amount, 0.5))]);
            var gone = Enumerable.Range(1, 4).Where(id => (mask & (1 << (id - 1))) != 0).ToHashSet();
            var frame = Departure.Of(window, target, gone)!.Frames[0];
            return frame[1] is >= 0 and <= 0.7001f && frame[4] is >= 0 and <= 0.9001f && frame[5] is >= 0.0999f and <= 1;
        }).QuickCheckThrowOnFailure();
}
