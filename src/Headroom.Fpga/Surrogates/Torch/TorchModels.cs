using Headroom.Fpga.Records;
using Headroom.Learning.Training;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>The networks of the literature by name, each with a budget for a machine without a GPU.</summary>
public static class TorchModels
{
    public const string Transformer = "wa-hls4ml transformer";
    public const string GraphNet = "wa-hls4ml gnn";
    public const string Mlp = "rule4ml mlp";

    /// <param name="epochs">Most epochs each may train; null takes each one's own budget.</param>
    /// <param name="progress">Told which model finished which epoch.</param>
    public static IReadOnlyList<IDesignModel> All(int? epochs = null, Action<string, TrainingProgress>? progress = null) =>
    [
        // The papers train for 200 epochs on half a million rows with small steps: few rows need larger steps, and smaller batches to have enough of them.
        new TorchDesignModel(Mlp, SummaryReader, new TrainingOptions { Epochs = epochs ?? 120, BatchSize = 32, LearningRate = 2e-3, Patience = 20 }, Report(Mlp, progress)),
        new TorchDesignModel(Transformer, TransformerReader, new TrainingOptions { Epochs = epochs ?? 40, BatchSize = 32, LearningRate = 3e-4, Patience = 10, GradientClip = 1 }, Report(Transformer, progress)),
        new TorchDesignModel(GraphNet, GraphReader, new TrainingOptions { Epochs = epochs ?? 2, BatchSize = 16, LearningRate = 3e-4, WeightDecay = 5e-6, Patience = 6, GradientClip = 1 }, Report(GraphNet, progress)),
    ];

    private static TorchDesignModel.Reader SummaryReader()
    {
        var net = new SummaryNet(Targets.All.Count);
        return new(net, (scaling, batch) => net.forward(scaling.Summary(batch)));
    }

    private static TorchDesignModel.Reader TransformerReader()
    {
        var net = new DesignTransformer(Targets.All.Count);
        return new(net, (scaling, batch) =>
        {
            var (layers, padding) = scaling.Layers(batch);
            return net.forward(layers, padding);
        });
    }

    private static TorchDesignModel.Reader GraphReader()
    {
        var net = new DesignGraphNet(Targets.All.Count);
        return new(net, (scaling, batch) =>
        {
            var (layers, padding) = scaling.Layers(batch);
            return net.forward(layers, padding, DesignScaling.Graph(batch));
        });
    }

    private static SynchronousProgress? Report(string name, Action<string, TrainingProgress>? progress) => progress is null ? null : new SynchronousProgress(name, progress);

    private sealed class SynchronousProgress(string name, Action<string, TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(name, value);
    }
}
