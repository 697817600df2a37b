using FsCheck;
using FsCheck.Fluent;
using Headroom.MemoryPlacement.Offload;

namespace Headroom.MemoryPlacement.Tests.Offload;

public sealed class PipelineTests
{
    [Theory]
    [InlineData(2, 4, 0.2)]
    [InlineData(2, 32, 0.0303)]
    [InlineData(4, 4, 0.4286)]
    [InlineData(4, 32, 0.0857)]
    [InlineData(8, 4, 0.6364)]
    [InlineData(8, 32, 0.1795)]
    public void The_bubble_is_K_minus_1_over_M_plus_K_minus_1(int stages, int microBatches, double expected) =>
        Assert.Equal(expected, PipelinePartition.Bubble(stages, microBatches), 4);

    [Theory]
    [InlineData(2, 4, 1.539)]
    [InlineData(2, 32, 1.773)]
    [InlineData(4, 4, 1.666)]
    [InlineData(4, 32, 2.709)]
    [InlineData(8, 4, 2.621)]
    [InlineData(8, 32, 4.953)]
    public void The_ideal_speed_up_bounds_what_torchgpipe_reached(int stages, int microBatches, double reached) =>
        Assert.True(PipelinePartition.IdealSpeedUp(stages, microBatches) >= reached);

    [Fact]
    public void Dynamic_programming_finds_what_brute_force_finds()
    {
        var cases = from layers in Gen.Choose(1, 12)
                    from stages in Gen.Choose(1, layers)
                    from seconds in Gen.Choose(1, 50).ListOf(layers)
                    from bytes in Gen.Choose(1, 50).ListOf(layers)
                    from device in Gen.Choose(20, 300)
                    select (Seconds: seconds.Select(one => (double)one).ToArray(), Bytes: bytes.Select(one => (double)one).ToArray(), stages, device);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var plan = PipelinePartition.Optimal(one.Seconds, one.Bytes, one.stages, one.device);
            var brute = Brute(one.Seconds, one.Bytes, one.stages, one.device);
            return brute is null ? plan is null : plan is not null && plan.StageSeconds.Max() == brute && plan.StageBytes.Max() <= one.device && plan.StageSeconds.Sum() == one.Seconds.Sum();
        }));
    }

    private static double? Brute(double[] seconds, double[] bytes, int stages, double device)
    {
        if (stages == 1)
        {
            return bytes.Sum() <= device ? seconds.Sum() : null;
        }

        double? best = null;
        for (var cut = 1; cut <= seconds.Length - stages + 1; cut++)
        {
            if (bytes[..cut].Sum() <= device && Brute(seconds[cut..], bytes[cut..], stages - 1, device) is { } rest)
            {
                var slowest = Math.Max(seconds[..cut].Sum(), rest);
                best = best is null ? slowest : Math.Min(best.Value, slowest);
            }
        }

        return best;
    }
}
