using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>One token per metric from its mean over time: a convolution of width 1, class token, encoder without positions and without mask.</summary>
internal sealed class SystemBranch : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d embedding;
    private readonly Parameter? identity;
    private readonly Encoder encoder;

    /// <param name="channels">Numbers per metric: 1 for the mean.</param>
    public SystemBranch(int metrics, int channels, CloudFormerOptions options)
        : base(nameof(SystemBranch))
    {
        embedding = nn.Conv1d(channels, options.SystemWidth, 1L);
        identity = options.MetricIdentity ? nn.Parameter(randn(1, metrics, options.SystemWidth) * 0.5) : null;
        encoder = new Encoder(options.SystemWidth, options);
        RegisterComponents();
    }

    /// <param name="summary">Rows x channels x metrics.</param>
    /// <returns>Rows x width.</returns>
    public override Tensor forward(Tensor summary)
    {
        var tokens = embedding.forward(summary).transpose(1, 2);
        return encoder.Encode(identity is null ? tokens : tokens + identity, null, null);
    }
}
