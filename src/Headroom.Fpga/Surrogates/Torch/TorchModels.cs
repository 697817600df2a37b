using Headroom.Fpga.Records;
using Headroom.Learning.Training;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>The networks of the literature by name, each with a budget that ends within minutes on two cores without a GPU.</summary>
public static class TorchModels
{
    public const string Transformer = "wa-hls4ml transformer";
    public const string GraphNet = "wa-hls4ml gnn";
    public const string Mlp = "rule4ml mlp";

    /// <summary>Designs the MLP sees in training, unless a budget says otherwise.</summary>
    public const int MlpDesigns = 200_000;

    /// <summary>The same of the transformer.</summary>
    public const int TransformerDesigns = 30_000;

    /// <summary>The same of the GNN, whose every design costs about a twentieth of a second.</summary>
    public const int GraphNetDesigns = 6_000;

    private const int Threads = 2;

    /// <param name="budget">Most work of each; null takes each one's own budget.</param>
    /// <param name="progress">Told which model finished which epoch.</param>
    public static IReadOnlyList<IDesignModel> All(NetworkBudget? budget = null, Action<string, TrainingProgress>? progress = null)
    {
        int Epochs(int rows, int designs, int most) => (budget ?? new NetworkBudget()).EpochsOn(rows, designs, most);
        return
        [
            // The papers train for 200 epochs on half a million rows with small steps: few rows need larger steps, and smaller batches to have enough of them.
            new TorchDesignModel(Mlp, SummaryReader, rows => new TrainingOptions { Epochs = Epochs(rows, MlpDesigns, 120), BatchSize = 32, LearningRate = 2e-3, Patience = 20 }, Report(Mlp, progress)),
            new TorchDesignModel(Transformer, TransformerReader, rows => new TrainingOptions { Epochs = Epochs(rows, TransformerDesigns, 40), BatchSize = 32, LearningRate = 3e-4, Patience = 10, GradientClip = 1, Threads = Threads }, Report(Transformer, progress)),
            new TorchDesignModel(
                GraphNet, GraphReader, rows => new TrainingOptions { Epochs = Epochs(rows, GraphNetDesigns, 20), BatchSize = 32, LearningRate = 3e-4, WeightDecay = 5e-6, Patience = 6, GradientClip = 1, Threads = Threads }, Report(GraphNet, progress)),
        ];
    }

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
