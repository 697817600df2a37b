using Headroom.MemoryPlacement.Footprints;

namespace Headroom.MemoryPlacement.Tests.Footprints;

public sealed class FootprintTests
{
    [Fact]
    public void Adam_without_sharing_costs_16_bytes_per_parameter_and_activations()
    {
        var model = SampleModels.Read("llama-3.1-1b");
        var terms = GpuFootprint.Training(model, new TrainingRun(1, 4096, ZeroStage: 0)).Terms.ToDictionary(term => term.Name, term => term.Bytes);
        Assert.Equal(16.0 * model.Parameters, terms["weights"] + terms["gradients"] + terms["master weights"] + terms["optimizer states (Adam)"]);
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 1, 1, 8)]
    [InlineData(2, 1, 8, 8)]
    [InlineData(3, 8, 8, 8)]
    public void Each_zero_stage_shares_one_more_thing(int stage, int weights, int gradients, int states)
    {
        var model = SampleModels.Read("llama-3.1-8b");
        var terms = GpuFootprint.Training(model, new TrainingRun(1, 4096, 8, ZeroStage: stage)).Terms.ToDictionary(term => term.Name, term => term.Bytes);
        Assert.Equal(2.0 * model.Parameters / weights, terms["weights"]);
        Assert.Equal(2.0 * model.Parameters / gradients, terms["gradients"]);
        Assert.Equal(8.0 * model.Parameters / states, terms["optimizer states (Adam)"]);
    }

    [Fact]
    public void Checkpointing_trades_activations_for_time()
    {
        var model = SampleModels.Read("llama-3.1-8b");
        double Activations(bool checkpointing) => GpuFootprint.Training(model, new TrainingRun(1, 8192, Checkpointing: checkpointing)).Terms
            .Single(term => term.Name.StartsWith("activations", StringComparison.Ordinal)).Bytes;
        Assert.True(Activations(true) * 8 < Activations(false));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "got Array")]
    [InlineData("{\"hidden_size\": 10, \"vocab_size\": 5}", "num_hidden_layers")]
    [InlineData("{\"hidden_size\": \"wide\"}", "got \"wide\"")]
    [InlineData("{\"hidden_size\":8,\"vocab_size\":5,\"num_hidden_layers\":2,\"num_attention_heads\":2,\"layer_types\":[\"full_attention\"]}", "2 layer_types")]
    public void A_bad_configuration_is_told_what_was_expected(string json, string part) =>
        Assert.Contains(part, Assert.Throws<MemoryInputException>(() => ModelConfigReader.Read(json, "test")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_whose_degrees_do_not_divide_its_gpus_is_refused() =>
        Assert.Throws<MemoryInputException>(() => new TrainingRun(Gpus: 6, TensorParallel: 4).Checked());
}
