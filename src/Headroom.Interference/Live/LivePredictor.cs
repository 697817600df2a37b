using Headroom.Interference.Runs;
using Headroom.Interference.Serving;

namespace Headroom.Interference.Live;

/// <summary>What a workload is predicted to reach with one neighbour gone.</summary>
/// <param name="Id">Id of the neighbour's entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Without">Predicted performance if it moved away.</param>
/// <param name="Lower">Lower end of that prediction's interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Costs">What it costs the workload now: <paramref name="Without"/> less the prediction with it; below 0 where the model sees no harm.</param>
public sealed record NeighbourEffect(int Id, string Name, double Without, double Lower, double Upper, double Costs);

/// <summary>One workload over one window: predicted performance, and what every neighbour costs it.</summary>
/// <param name="Target">The workload.</param>
/// <param name="Prediction">The answer of the model.</param>
/// <param name="Neighbours">Its busiest neighbours, the one that costs it most first.</param>
public sealed record LiveAnswer(WorkloadWindow Target, InterferencePrediction Prediction, IReadOnlyList<NeighbourEffect> Neighbours);

/// <summary>Asks a model about the workloads of live windows.</summary>
public sealed class LivePredictor(InferenceLane lane)
{
    /// <summary>Neighbours that are tried without; the others together use less than any of these.</summary>
    public const int MostNeighbours = 16;

    private readonly LiveWindows _windows = new(lane.Predictor.Schema);

    /// <summary>The model that answers.</summary>
    public InferenceLane Lane => lane;

    /// <summary>One workload; null when nothing was measured of it.</summary>
    /// <param name="window">Host and workloads.</param>
    /// <param name="target">The workload.</param>
    /// <param name="withReasons">Attribute the prediction.</param>
    /// <param name="patient">Wait while the lane is full instead of failing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InferenceLaneFullException">The lane is full.</exception>
    public async Task<LiveAnswer?> AskAsync(HostWindow window, WorkloadWindow target, bool withReasons, bool patient, CancellationToken cancellationToken)
    {
        if (_windows.Of(window, target) is not { } run)
        {
            return null;
        }

        var departure = new Departure(_windows);
        var neighbours = window.NeighboursOf(target.Id).Take(MostNeighbours).ToArray();
        InterferenceRun[] without = [.. neighbours.Select(neighbour => departure.Of(window, target, new HashSet<int> { neighbour.Id })!)];
        var asked = lane.PredictAsync([run], withReasons, patient, cancellationToken);
        var others = without.Length == 0 ? [] : await lane.PredictAsync(without, false, patient, cancellationToken).ConfigureAwait(false);
        var prediction = (await asked.ConfigureAwait(false))[0];
        return new LiveAnswer(target, prediction,
        [
            .. neighbours.Zip(others, (neighbour, answer) => new NeighbourEffect(neighbour.Id, neighbour.Name, answer.Value, answer.Lower, answer.Upper, answer.Value - prediction.Value))
                .OrderByDescending(effect => effect.Costs),
        ]);
    }

    /// <summary>Several workloads of a window, predictions only; those of which nothing was measured are left out.</summary>
    /// <param name="window">Host and workloads.</param>
    /// <param name="targets">The workloads.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<(WorkloadWindow Target, InterferencePrediction Prediction)>> PredictAsync(HostWindow window, IReadOnlyList<WorkloadWindow> targets, CancellationToken cancellationToken)
    {
        var runs = targets.Select(target => (Target: target, Run: _windows.Of(window, target))).Where(pair => pair.Run is not null).ToArray();
        return runs.Length == 0
            ? []
            : [.. runs.Select(pair => pair.Target).Zip(await lane.PredictAsync([.. runs.Select(pair => pair.Run!)], false, patient: true, cancellationToken).ConfigureAwait(false))];
    }

    /// <summary>What the workload would reach if some neighbours moved away; null when nothing was measured of it.</summary>
    public async Task<InterferencePrediction?> WithoutAsync(HostWindow window, WorkloadWindow target, IReadOnlySet<int> gone, CancellationToken cancellationToken) =>
        new Departure(_windows).Of(window, target, gone) is { } run ? (await lane.PredictAsync([run], true, false, cancellationToken).ConfigureAwait(false))[0] : null;
}
