using Headroom.Interference.CloudFormer;
using Headroom.Interference.Networks;
using Headroom.Learning.Torch;
using static TorchSharp.torch;

namespace Headroom.Interference.Tests.CloudFormer;

public sealed class CloudFormerNetworkTests
{
    private const int Metrics = 206;

    public CloudFormerNetworkTests() => Assert.SkipWhen(TorchRuntime.UnavailableReason is not null, TorchRuntime.UnavailableReason ?? "");

    [Fact]
    public void The_temporal_branch_has_the_papers_213248_parameters()
    {
        using var branch = new TemporalBranch(Metrics, new CloudFormerOptions());

        Assert.Equal(213_248, Count(branch));
    }

    [Fact]
    public void A_system_branch_of_width_1_has_1222_parameters_per_block()
    {
        using var four = new SystemBranch(Metrics, 1, new CloudFormerOptions { SystemWidth = 1 });
        using var three = new SystemBranch(Metrics, 1, new CloudFormerOptions { SystemWidth = 1, Blocks = 3 });

        Assert.Equal(1_222, Count(four) - Count(three));
        Assert.Equal((4 * 1_222) + 2 + 1, Count(four));
    }

    [Fact]
    public void A_system_branch_of_width_64_has_the_blocks_of_the_temporal_one()
    {
        using var branch = new SystemBranch(Metrics, 1, new CloudFormerOptions());

        Assert.Equal((4 * 49_984) + 128 + 64, Count(branch));
    }

    [Fact]
    public void The_head_on_both_class_tokens_has_8449_parameters()
    {
        using var head = new FusionHead(128, new CloudFormerOptions());

        Assert.Equal(8_449, Count(head));
    }

    [Fact]
    public void At_width_1_the_system_branch_says_the_same_about_every_run()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var branch = new SystemBranch(Metrics, 1, new CloudFormerOptions { SystemWidth = 1 });
        branch.eval();

        var said = branch.forward(randn(5, 1, Metrics)).data<float>().ToArray();

        Assert.All(said, value => Assert.Equal(said[0], value, 4));
    }

    [Fact]
    public void Padding_changes_nothing()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var network = new CloudFormerNetwork(4, new CloudFormerOptions());
        network.eval();
        var shortWindow = Window(3, 1);
        var longWindow = Window(9, 2);

        var alone = network.forward(WindowEncoder.Batch([shortWindow])).data<float>().ToArray()[0];
        var beside = network.forward(WindowEncoder.Batch([shortWindow, longWindow])).data<float>().ToArray()[0];

        Assert.Equal(alone, beside, 5);
    }

    [Fact]
    public void The_order_of_steps_matters()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var network = new CloudFormerNetwork(4, new CloudFormerOptions());
        network.eval();
        var window = Window(6, 3);
        var reversed = window with { Steps = [.. window.Steps.Reverse()] };

        Assert.NotEqual(
            network.forward(WindowEncoder.Batch([window])).data<float>().ToArray()[0],
            network.forward(WindowEncoder.Batch([reversed])).data<float>().ToArray()[0]);
    }

    [Fact]
    public void Log_cosh_is_half_the_square_of_small_errors_and_nearly_the_size_of_large_ones()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0.5e-4, LogCosh.Of(tensor(0.01f), tensor(0f)).item<float>(), 6);
        Assert.Equal(100 - Math.Log(2), LogCosh.Of(tensor(-100f), tensor(0f)).item<float>(), 3);
    }

    private static long Count(nn.Module module) => module.parameters().Sum(parameter => parameter.numel());

    private static EncodedWindow Window(int steps, int seed)
    {
        var random = new Random(seed);
        return new EncodedWindow([.. Enumerable.Range(0, steps).Select(_ => Values(4))], Values(12));

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
