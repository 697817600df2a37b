using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>The rival of the paper's table IV: one LSTM layer over the steps, mean of its states, one sigmoid unit.</summary>
internal sealed class LstmNetwork : nn.Module<WindowBatch, Tensor>
{
    private readonly LSTM lstm;
    private readonly Dropout dropout;
    private readonly Linear output;

    public LstmNetwork(int metrics, int width = 64)
        : base(nameof(LstmNetwork))
    {
        lstm = nn.LSTM(metrics, width, batchFirst: true);
        dropout = nn.Dropout(0.2);
        output = nn.Linear(width, 1);
        RegisterComponents();
    }

    public override Tensor forward(WindowBatch batch)
    {
        var (states, _, _) = lstm.forward(batch.Steps);
        var present = batch.Present.unsqueeze(2).to_type(ScalarType.Float32);
        var mean = (states * present).sum(1) / present.sum(1);
        return sigmoid(output.forward(dropout.forward(mean))).squeeze(1);
    }
}
