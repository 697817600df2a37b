using Headroom.Fpga.Surrogates.Inference;
using Headroom.Jobs.Models;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Fpga;

/// <summary>The FPGA model that answers here: the champion of the registry, or the file that the settings name.</summary>
public sealed class DesignPredictors(IOptions<FpgaOptions> options, ServedModel<IDesignPredictor> served) : IDisposable
{
    private readonly ChampionSlot<IDesignPredictor> _configured = new();
    private readonly Lock _reading = new();

    /// <summary>The model, until the lease is disposed of.</summary>
    /// <exception cref="InvalidDataException">The configured file is no model, or of another version.</exception>
    public ChampionLease<IDesignPredictor> Rent()
    {
        if (options.Value.ModelFile is not { Length: > 0 } path)
        {
            return served.Rent();
        }

        lock (_reading)
        {
            if (!_configured.IsFilled)
            {
                _configured.Fill(ModelFile.Read(path));
            }
        }

        return _configured.TryRent()!;
    }

    /// <inheritdoc />
    public void Dispose() => _configured.Dispose();
}
