using Headroom.Interference.Networks;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>CloudFormer: temporal and system branch side by side, their class tokens joined in the fusion head.</summary>
internal sealed class CloudFormerNetwork : nn.Module<WindowBatch, Tensor>
{
    private readonly TemporalBranch? temporal;
    private readonly SystemBranch? system;
    private readonly FusionHead head;
    private readonly CloudFormerOptions _options;

    public CloudFormerNetwork(int metrics, CloudFormerOptions options)
        : base(nameof(CloudFormerNetwork))
    {
        _options = options;
        temporal = options.Branches == Branches.System ? null : new TemporalBranch(metrics, options);
        system = options.Branches == Branches.Temporal ? null : new SystemBranch(metrics, options.Moments ? WindowBatch.Moments : 1, options);
        head = new FusionHead((temporal is null ? 0 : options.TemporalWidth) + (system is null ? 0 : options.SystemWidth), options);
        RegisterComponents();
    }

    /// <returns>One number in (0, 1) per row.</returns>
    public override Tensor forward(WindowBatch batch)
    {
        Tensor[] tokens =
        [
            .. temporal is null ? (Tensor[])[] : [temporal.forward(batch.Steps, batch.Present)],
            .. system is null ? (Tensor[])[] : [system.forward(_options.Moments ? batch.Summary : batch.Summary.slice(1, 0, 1, 1))],
        ];
        return head.forward(tokens.Length == 1 ? tokens[0] : cat(tokens, 1));
    }
}
