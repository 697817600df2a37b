namespace Headroom.Storage.Registry;

/// <summary>A change of the registry came too late or does not fit its present state; the message says what happened instead.</summary>
public sealed class PublicationRefusedException : Exception
{
    public PublicationRefusedException(string message)
        : base(message)
    {
    }

    public PublicationRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PublicationRefusedException()
    {
    }
}
