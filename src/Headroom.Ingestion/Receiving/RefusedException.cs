namespace Headroom.Ingestion.Receiving;

/// <summary>Ends a request with its refusal.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
