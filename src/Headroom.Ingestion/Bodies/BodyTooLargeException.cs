namespace Headroom.Ingestion.Bodies;

/// <summary>The body, as sent or once decompressed, is over its limit. Answered with 413.</summary>
internal sealed class BodyTooLargeException(string what, long limitBytes) : Exception($"{what} is over the limit of {limitBytes} bytes")
{
    public long LimitBytes { get; } = limitBytes;
}
