using Headroom.Interference.Live;
using Headroom.Jobs.Interference;
using Headroom.Storage.Model;

namespace Headroom.Web.Features.Interference;

/// <summary>A workload with its newest prediction.</summary>
/// <param name="Prediction">The stored prediction.</param>
/// <param name="Host">Name of its host.</param>
/// <param name="Workload">Its name.</param>
/// <param name="Reasons">What moved the prediction; null where it was not kept.</param>
/// <param name="Neighbours">What every neighbour costs it, the dearest first.</param>
public sealed record InterferenceLine(
    InterferencePredictionRow Prediction, string Host, string Workload, PredictionReasons? Reasons, IReadOnlyList<NeighbourEffect> Neighbours)
{
    public int Id => Prediction.EntityId;

    public bool IsOutOfRange => Prediction.OutsideTraining.Length > 0;

    /// <summary>The neighbour that costs it most; null when none costs anything.</summary>
    public NeighbourEffect? Dearest => Neighbours.FirstOrDefault(effect => effect.Costs > 0);
}

/// <summary>One workload with its predictions over a time.</summary>
/// <param name="Now">Its newest prediction within that time.</param>
/// <param name="Series">All of them, oldest first.</param>
public sealed record InterferenceHistory(InterferenceLine Now, IReadOnlyList<InterferencePredictionRow> Series);
