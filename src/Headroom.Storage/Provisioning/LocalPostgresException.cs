namespace Headroom.Storage.Provisioning;

/// <summary>PostgreSQL could not be found, prepared or started; the message is a sentence for the person who typed the command.</summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Says what was expected, what was found and what to do.</summary>
    public LocalPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>The same, with the fault underneath.</summary>
    public LocalPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
