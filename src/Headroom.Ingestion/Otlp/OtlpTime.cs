namespace Headroom.Ingestion.Otlp;

/// <summary>OpenTelemetry counts nanoseconds since 1970.</summary>
internal static class OtlpTime
{
    public static long Milliseconds(ulong unixNanoseconds) => (long)(unixNanoseconds / 1_000_000);
}
