namespace Headroom.Storage.Model;

/// <summary>One change of mind of the power controller: a line of its ledger.</summary>
public sealed class PowerDecisionRow
{
    public Guid DecisionId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who decided.</summary>
    public required string Policy { get; init; }

    /// <summary>Row power, W.</summary>
    public double Watts { get; init; }

    /// <summary>Power the row may draw, W.</summary>
    public double ProvisionedWatts { get; init; }

    /// <summary>How hard the row is held from then on.</summary>
    public required string Level { get; init; }

    /// <summary>Clock of the low-priority GPUs, MHz.</summary>
    public int LowMhz { get; init; }

    /// <summary>Clock of the high-priority GPUs, MHz.</summary>
    public int HighMhz { get; init; }

    /// <summary>Whether the power brake holds.</summary>
    public bool Brake { get; init; }

    /// <summary>The decision in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What was written to the hardware of the server's own machine; null in a dry run.</summary>
    public string? Written { get; init; }
}
