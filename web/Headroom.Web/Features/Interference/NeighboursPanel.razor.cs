using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Interference;

/// <summary>The neighbours of a workload, and the workload without some of them.</summary>
public sealed partial class NeighboursPanel
{
    private readonly HashSet<int> _gone = [];
    private InterferencePrediction? _answer;
    private double _with;
    private string? _problem;

    /// <summary>The prediction.</summary>
    [Parameter, EditorRequired]
    public InterferenceLine Line { get; set; } = null!;

    [Inject]
    private NeighbourWhatIf WhatIf { get; set; } = null!;

    private async Task ToggleAsync(int neighbour, bool isGone)
    {
        if (!(isGone ? _gone.Add(neighbour) : _gone.Remove(neighbour)) || _gone.Count == 0)
        {
            (_answer, _problem) = (null, null);
            return;
        }

        var line = Line;
        try
        {
            _answer = await WhatIf.AskAsync(line.Prediction, _gone, CancellationToken.None);
            _with = line.Prediction.Value;
            _problem = _answer is null ? "The frames of this window are no longer there." : null;
        }
        catch (InferenceLaneFullException busy)
        {
            _problem = busy.Message;
        }
    }
}
