using Headroom.Storage.Model;
using Headroom.Storage.Work;

namespace Headroom.Web.Shared;

/// <summary>How the state of a job looks and reads.</summary>
internal static class JobStates
{
    public static Meaning MeaningOf(WorkState state) => state switch
    {
        WorkState.Running => Meaning.Calm,
        WorkState.Succeeded => Meaning.Good,
        WorkState.Failed => Meaning.Bad,
        WorkState.Cancelled => Meaning.Warn,
        _ => Meaning.None,
    };

    public static string WordOf(WorkSummary work) => work switch
    {
        { Ended: false, CancelRequested: true } => "stopping",
        _ => work.State.ToString().ToLowerInvariant(),
    };
}
