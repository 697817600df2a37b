using Npgsql;

namespace Headroom.Storage.Provisioning.Sources;

/// <summary>A server that a connection string names.</summary>
internal sealed class ConfiguredServer : IPostgresSource
{
    public string Name => "configured";

    public async Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(settings.ConnectionString))
        {
            return null;
        }

        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new PostgresEndpoint(settings.ConnectionString, Name);
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            throw new LocalPostgresException($"the configured PostgreSQL does not answer: {exception.Message}", exception);
        }
    }
}
