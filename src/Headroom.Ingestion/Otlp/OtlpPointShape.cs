namespace Headroom.Ingestion.Otlp;

/// <summary>The kinds of data point; those with a count and a sum differ only in where their attributes and flags stand.</summary>
internal enum OtlpPointShape
{
    Number,
    Histogram,
    ExponentialHistogram,
    Summary,
}

internal static class OtlpPointShapeFields
{
    public static (int Attributes, int Flags) Fields(this OtlpPointShape shape) => shape switch
    {
        OtlpPointShape.Histogram => (OtlpFields.HistogramAttributes, OtlpFields.HistogramFlags),
        OtlpPointShape.ExponentialHistogram => (OtlpFields.ExponentialHistogramAttributes, OtlpFields.ExponentialHistogramFlags),
        OtlpPointShape.Summary => (OtlpFields.SummaryAttributes, OtlpFields.SummaryFlags),
        _ => (OtlpFields.NumberAttributes, OtlpFields.NumberFlags),
    };
}
