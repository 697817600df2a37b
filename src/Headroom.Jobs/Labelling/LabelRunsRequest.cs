namespace Headroom.Jobs.Labelling;

/// <summary>Which campaign to label.</summary>
/// <param name="Data">Id of a set of runs; see <see cref="Retraining.RunFolders"/>.</param>
public sealed record LabelRunsRequest(string Data)
{
    /// <summary>Name of this kind of work.</summary>
    public const string Kind = Schedules.Labelling;
}

/// <summary>What a campaign holds.</summary>
/// <param name="Data">Its id.</param>
/// <param name="Stamp">How its files looked.</param>
/// <param name="Runs">Runs in it.</param>
/// <param name="Labelled">Those with a label: their application ran alone with the same load too.</param>
/// <param name="New">Labelled runs since the look before.</param>
/// <param name="Unlabelled">Applications that still lack a run alone.</param>
/// <param name="Waiting">Labelled runs since a retraining was last asked for.</param>
/// <param name="Retraining">The job that was asked for because enough came.</param>
public sealed record LabelRunsAnswer(string Data, string Stamp, int Runs, int Labelled, int New, IReadOnlyList<string> Unlabelled, int Waiting, Guid? Retraining);
