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

    /// <summary>Above the line of a quotient of two series.</summary>
    public MetricRule Over() => this with { Combine = Combine.Ratio, RequiredSeries = 2 };

    /// <summary>Below the line of a quotient of two series.</summary>
    public MetricRule Under() => Over() with { IsDenominator = true };

    /// <summary>A zero means that there is none.</summary>
    public MetricRule ZeroIsMissing() => this with { IsMissing = value => value == 0 };
}
