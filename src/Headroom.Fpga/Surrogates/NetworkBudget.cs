namespace Headroom.Fpga.Surrogates;

/// <summary>How long networks train at most; null leaves each its own, which ends within minutes on two cores. Early stopping may end it sooner.</summary>
/// <param name="Designs">Designs seen over all epochs: the work, whatever the size of the set. Whole epochs, one at least.</param>
/// <param name="Epochs">Passes over the set, however many designs that is.</param>
public sealed record NetworkBudget(int? Designs = null, int? Epochs = null)
{
    /// <summary>Epochs on a set.</summary>
    /// <param name="rows">Designs of the set.</param>
    /// <param name="ownDesigns">The network's own budget.</param>
    /// <param name="ownEpochs">Epochs after which it learns nothing more, on small sets.</param>
    internal int EpochsOn(int rows, int ownDesigns, int ownEpochs) =>
        Epochs ?? Math.Clamp((Designs ?? ownDesigns) / Math.Max(1, rows), 1, Designs is null ? ownEpochs : int.MaxValue);
}
