using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping;

/// <summary>How the values of a foreign metric become those of a metric of the catalogue.</summary>
/// <param name="Metric">Catalogue name.</param>
internal sealed record MetricRule(string Metric)
{
    /// <summary>Multiplies the value on its way, for example 1e-3 from mJ to J; its weight where series are combined.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The series is a running total: store its increase per second. A point sent as delta is divided by its interval.</summary>
    public bool AsRate { get; init; }

    /// <summary>How this series joins with others that feed the same metric of the same entity.</summary>
    public Combine Combine { get; init; } = Combine.Single;

    /// <summary>In a <see cref="Combine.Ratio"/>: the series stands below the line.</summary>
    public bool IsDenominator { get; init; }

    /// <summary>Series that must be there before a combined value means anything.</summary>
    public int RequiredSeries { get; init; } = 1;

    /// <summary>Values by which the source says "nothing here", for example a limit of 0; null when it has none.</summary>
    public Func<double, bool>? IsMissing { get; init; }

    /// <summary>Series of the same slot name fill one slot of the combination, for example several mounts of one device; null for a slot of its own.</summary>
    public string? Slot { get; init; }

    /// <summary>Tells apart several ways by which one sender may bring the same value, each of which is whole in itself.</summary>
    public string Way { get; init; } = "";

    /// <summary>A level, taken as it is.</summary>
    public static MetricRule Level(string metric) => new(metric);

    /// <summary>A running total, stored as its increase per second.</summary>
    public static MetricRule Rate(string metric) => new(metric) { AsRate = true };

    /// <summary>Several series (CPUs, devices, interfaces) add up.</summary>
    public MetricRule Summed() => this with { Combine = Combine.Sum };

    /// <summary>Several series are averaged.</summary>
    public MetricRule Averaged() => this with { Combine = Combine.Mean };

    /// <summary>The largest of several series.</summary>
    public MetricRule Largest() => this with { Combine = Combine.Max };

    /// <summary>The number of series.</summary>
    public MetricRule Counted() => this with { Combine = Combine.Count };

    /// <summary>Values below zero or zero mean that the source does not know.</summary>
    public MetricRule PositiveOnly() => this with { IsMissing = value => value <= 0 };

    /// <summary>Times a factor, for example 512 from sectors to bytes.</summary>
    public MetricRule Times(double factor) => this with { Factor = Factor * factor };

    /// <summary>Subtracted from the others.</summary>
    public MetricRule Less() => Times(-1);

    /// <summary>Nothing before this many series came.</summary>
    public MetricRule Of(int series) => this with { RequiredSeries = series };

    /// <summary>Fills the named slot.</summary>
    public MetricRule Into(string slot) => this with { Slot = slot };

    /// <summary>Above the line of a quotient of two series.</summary>
    public MetricRule Over(int series = 2) => this with { Combine = Combine.Ratio, RequiredSeries = series };

    /// <summary>Below the line of a quotient of two series.</summary>
    public MetricRule Under(int series = 2) => Over(series) with { IsDenominator = true };

    /// <summary>A zero means that there is none.</summary>
    public MetricRule ZeroIsMissing() => this with { IsMissing = value => value == 0 };
}
