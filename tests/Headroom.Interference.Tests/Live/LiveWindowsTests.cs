using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using static Headroom.Interference.Tests.Live.MadeUpHosts;

namespace Headroom.Interference.Tests.Live;

public sealed class LiveWindowsTests
{
    [Fact]
    public void A_workload_is_seen_with_the_mean_of_its_busy_neighbours_and_the_host()
    {
        var target = Workload(1, 0.5, 0.2);
        var run = new LiveWindows(Schema).Of(Host(0.9, target, Workload(2, 0.4, 0.1), Workload(3, 0.8, 0.3), Workload(4, 0.001, 0.9)), target)!;

        Assert.Equal(3, run.Frames.Length);
        Assert.All(run.Frames, frame => Assert.Equal([0.5f, 0.2f, 0.6f, 0.2f, 0.9f, 0.1f], frame.Select(value => MathF.Round(value, 4))));
        Assert.Empty(run.Context);
    }

    [Fact]
    public void Nobody_beside_it_means_neighbours_that_use_nothing_while_what_is_not_reported_stays_missing()
    {
        var target = Workload(1, 0.5);
        var frame = new LiveWindows(Schema).Of(Host(0.5, target), target)!.Frames[0];

        Assert.Equal([0f, 0f], frame[2..4]);
        Assert.True(float.IsNaN(frame[1]));
    }

    [Fact]
    public void A_workload_without_frames_has_no_window() =>
        Assert.Null(new LiveWindows(Schema).Of(Host(0.5), new WorkloadWindow(1, "gone", [null, null])));

    [Fact]
    public void A_model_that_needs_what_live_frames_do_not_have_is_refused()
    {
        var other = Schema with { Context = [new Feature(FeatureBlock.Context, "threads", "1", Resource.Load)] };

        Assert.Contains("Context.threads", Assert.Throws<ArgumentException>(() => new LiveWindows(other)).Message, StringComparison.Ordinal);
    }
}
