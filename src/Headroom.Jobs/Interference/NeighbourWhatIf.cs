using Headroom.Interference.Serving;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Interference;

/// <summary>Answers "what if these neighbours moved away?" from the frames of a window that was predicted.</summary>
public sealed class NeighbourWhatIf(LiveWindowReader reader, InterferenceModel model)
{
    /// <summary>The prediction with some neighbours gone; null when the frames of the window are no longer there.</summary>
    /// <param name="row">The prediction with them.</param>
    /// <param name="gone">Ids of the entities that moved away; those that were no busy neighbours change nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InferenceLaneFullException">The model is busy.</exception>
    public async Task<InterferencePrediction?> AskAsync(InterferencePredictionRow row, IReadOnlySet<int> gone, CancellationToken cancellationToken)
    {
        var window = await reader.ReadAsync(row.HostId, row.At, row.WindowSeconds, cancellationToken).ConfigureAwait(false);
        return window?.Workloads.FirstOrDefault(workload => workload.Id == row.EntityId) is { } target
            ? await model.Current.WithoutAsync(window, target, gone, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
