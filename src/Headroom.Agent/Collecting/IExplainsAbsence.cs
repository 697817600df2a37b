namespace Headroom.Agent.Collecting;

/// <summary>A collector that can say why metrics are missing.</summary>
internal interface IExplainsAbsence
{
    /// <summary>One sentence per reason.</summary>
    IEnumerable<string> Absences { get; }
}
