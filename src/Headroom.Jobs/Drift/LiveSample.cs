using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Jobs.Interference;
using Headroom.Storage.Interference;

namespace Headroom.Jobs.Drift;

/// <summary>Live windows that a model answered, read once more from the frames as the model saw them.</summary>
public sealed class LiveSample(InterferencePredictions predictions, LiveWindowReader reader)
{
    /// <summary>Windows that ended in (after, to], drawn evenly; the same ones whenever it is asked. Those whose frames are gone are left out.</summary>
    /// <param name="card">Id that the model's answers carry.</param>
    /// <param name="windows">Knows the features of the model.</param>
    /// <param name="after">Start of the time.</param>
    /// <param name="to">End of the time.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<InterferenceRun>> ReadAsync(string card, LiveWindows windows, DateTimeOffset after, DateTimeOffset to, int take, CancellationToken cancellationToken)
    {
        var runs = new List<InterferenceRun>();
        var drawn = await predictions.SampleAsync(card, after, to, take, cancellationToken).ConfigureAwait(false);
        foreach (var together in drawn.GroupBy(answered => (answered.HostId, answered.At, answered.Seconds)))
        {
            if (await reader.ReadAsync(together.Key.HostId, together.Key.At, together.Key.Seconds, cancellationToken).ConfigureAwait(false) is { } window)
            {
                runs.AddRange(together.Select(answered => window.Workloads.FirstOrDefault(workload => workload.Id == answered.EntityId))
                    .OfType<WorkloadWindow>().Select(target => windows.Of(window, target)).OfType<InterferenceRun>());
            }
        }

        return runs;
    }
}
