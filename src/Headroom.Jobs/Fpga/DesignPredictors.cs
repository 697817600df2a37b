using Headroom.Fpga.Surrogates.Inference;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Fpga;

/// <summary>The FPGA model that answers here, read on first use.</summary>
public sealed class DesignPredictors(IOptions<FpgaOptions> options)
{
    private readonly Lazy<IDesignPredictor> _current = new(() =>
        options.Value.ModelFile is { Length: > 0 } path ? ModelFile.Read(path) : ShippedModel.Load());

    /// <exception cref="InvalidDataException">The configured file is no model, or of another version.</exception>
    public IDesignPredictor Current => _current.Value;
}
