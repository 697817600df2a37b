using Headroom.Interference.Runs;

namespace Headroom.Interference.Models;

/// <summary>A way to learn a run's label from its window. Stateless; the same runs and seed give the same model.</summary>
public interface IInterferenceModel
{
    /// <summary>Name in tables and on the command line.</summary>
    string Name { get; }

    /// <param name="train">Labelled runs; everything fitted (scalers, references, stopping) comes from them.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    IFittedInterferenceModel Fit(RunSet train, int seed, CancellationToken cancellationToken);
}

/// <summary>What a model learnt. Safe to use from several threads at once.</summary>
public interface IFittedInterferenceModel
{
    /// <summary>One prediction per run, in the unit of the label.</summary>
    double[] Predict(IReadOnlyList<InterferenceRun> runs);
}
