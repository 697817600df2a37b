using Headroom.MemoryPlacement.Footprints;

namespace Headroom.MemoryPlacement.Tests.Footprints;

public sealed class ParameterCountTests
{
    [Theory]
    [InlineData("qwen2.5-7b", 7_615_616_512)]
    [InlineData("mistral-nemo-12b", 12_247_782_400)]
    [InlineData("t5gemma2-4b-4b", 7_760_198_656)]
    [InlineData("lfm2.5-8b-a1b", 8_474_147_584)]
    [InlineData("llama-3.1-8b", 8_030_261_248)]
    [InlineData("llama-3.1-70b", 70_553_706_496)]
    public void Parameters_are_counted_from_the_architecture_to_the_last_one(string model, long expected) =>
        Assert.Equal(expected, SampleModels.Read(model).Parameters);

    [Theory]
    [InlineData("qwen2.5-7b", 141.9, 6.125)]
    [InlineData("mistral-nemo-12b", 228.1, 12.5)]
    [InlineData("t5gemma2-4b-4b", 144.5, 10.625)]
    [InlineData("lfm2.5-8b-a1b", 157.8, 3.0)]
    public void The_host_holds_20_bytes_per_parameter_and_one_activation_per_layer(string name, double statesGib, double activationsGib)
    {
        var model = SampleModels.Read(name);
        var tensors = HostTensors.Of(model, new TrainingRun(1, 32_768));
        var activations = tensors.Single(tensor => tensor.Group == TensorGroup.Activations).Bytes;
        Assert.Equal(20 * model.Parameters, tensors.Sum(tensor => tensor.Bytes) - activations);
        Assert.Equal(statesGib, 20.0 * model.Parameters / (1L << 30), 0.05);
        Assert.Equal(activationsGib, activations / (double)(1L << 30), 3);
    }

    [Fact]
    public void A_mixture_of_experts_meets_fewer_parameters_per_token_than_it_stores()
    {
        var model = SampleModels.Read("lfm2.5-8b-a1b");
        Assert.InRange(model.ActiveParameters, 1.2e9, 1.8e9);
    }

    [Fact]
    public void Lion_needs_no_variance_and_eight_bit_Adam_a_quarter_of_the_states()
    {
        var model = SampleModels.Read("qwen2.5-7b");
        Assert.DoesNotContain(HostTensors.Of(model, new TrainingRun(Optimizer: Optimizer.Lion)), tensor => tensor.Group == TensorGroup.Variance);
        var small = HostTensors.Of(model, new TrainingRun(Optimizer: Optimizer.Adam8Bit));
        Assert.Equal(model.Parameters, small.Single(tensor => tensor.Group == TensorGroup.Momentum).Bytes);
    }
}
