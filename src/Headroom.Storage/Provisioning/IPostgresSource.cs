namespace Headroom.Storage.Provisioning;

/// <summary>One way to get a PostgreSQL.</summary>
public interface IPostgresSource
{
    /// <summary>Name for messages.</summary>
    string Name { get; }

    /// <summary>The server, or null when this way is not open here (the reason is reported).</summary>
    /// <exception cref="LocalPostgresException">This way is open but failed.</exception>
    Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken);
}
