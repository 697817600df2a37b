namespace Headroom.Ingestion.Otlp;

/// <summary>Field numbers of the metrics part of the OpenTelemetry protocol, version 1 (https://opentelemetry.io/docs/specs/otlp).</summary>
internal static class OtlpFields
{
    public const int RequestResourceMetrics = 1;
    public const int ResourceMetricsResource = 1, ResourceMetricsScopeMetrics = 2;
    public const int ResourceAttributes = 1;
    public const int ScopeMetricsMetrics = 2;
    public const int MetricName = 1, MetricGauge = 5, MetricSum = 7, MetricHistogram = 9, MetricExponentialHistogram = 10, MetricSummary = 11;
    public const int DataPoints = 1, AggregationTemporality = 2, IsMonotonic = 3;
    public const int PointStart = 2, PointTime = 3, NumberAsDouble = 4, NumberAsInt = 6, NumberAttributes = 7, NumberFlags = 8;
    public const int HistogramCount = 4, HistogramSum = 5, HistogramAttributes = 9, HistogramFlags = 10;
    public const int ExponentialHistogramAttributes = 1, ExponentialHistogramFlags = 10;
    public const int SummaryAttributes = 7, SummaryFlags = 8;
    public const int KeyValueKey = 1, KeyValueValue = 2;
    public const int AnyString = 1, AnyBool = 2, AnyInt = 3, AnyDouble = 4;
    public const int ResponsePartialSuccess = 1, PartialSuccessRejected = 1, PartialSuccessMessage = 2;

    /// <summary>Value of AggregationTemporality for deltas.</summary>
    public const int TemporalityDelta = 1;

    /// <summary>Bit of a point's flags: no value was recorded.</summary>
    public const ulong NoRecordedValue = 1;
}
