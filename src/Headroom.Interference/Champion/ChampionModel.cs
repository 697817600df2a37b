using Headroom.Interference.Models;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Champion;

/// <summary>What the champion's intervals and choices keep whole: whatever it will meet anew.</summary>
public enum Novelty
{
    /// <summary>New mixes of neighbours. Undisturbed runs are never among them: a mix is not the absence of neighbours.</summary>
    Composition,

    /// <summary>New applications, of which no undisturbed run is known either.</summary>
    Application,

    /// <summary>Nothing but new rows.</summary>
    None,
}

/// <summary>
/// The model Headroom serves: members on rich features, weighed by how well they predict groups that were left out, with conformal intervals
/// from the same left-out residuals.
/// </summary>
public sealed class ChampionModel(Novelty novelty = Novelty.Composition, double level = 0.9) : IInterferenceModel
{
    public const string ModelName = "champion";

    public string Name => ModelName;

    IFittedInterferenceModel IInterferenceModel.Fit(RunSet train, int seed, CancellationToken cancellationToken) => Fit(train, seed, cancellationToken);

    /// <exception cref="InvalidDataException">There are fewer than two labelled runs.</exception>
    public FittedChampion Fit(RunSet train, int seed, CancellationToken cancellationToken)
    {
        var training = new FoldTraining(train, novelty, level, seed);
        return training.Finish([.. Enumerable.Range(0, training.Folds).Select(fold => training.RunFold(fold, cancellationToken))], cancellationToken);
    }
}
