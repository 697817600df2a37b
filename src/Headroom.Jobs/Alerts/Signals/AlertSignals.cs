namespace Headroom.Jobs.Alerts.Signals;

/// <summary>Every signal by its name.</summary>
public sealed class AlertSignals(IEnumerable<IAlertSignal> signals)
{
    /// <summary>All, in the order they are offered.</summary>
    public IReadOnlyList<IAlertSignal> All { get; } = [.. signals];

    /// <summary>The signal of a name, or null.</summary>
    public IAlertSignal? Find(string? name) => All.FirstOrDefault(signal => signal.Name == name);
}
