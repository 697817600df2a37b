using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>How large the database is, and how much room its disk has left.</summary>
/// <param name="SizeBytes">What the database occupies, indexes included.</param>
/// <param name="FreeBytes">Free space of the disk under it; null when the server runs on another machine or hides its folder.</param>
public sealed record DatabaseSpace(long SizeBytes, long? FreeBytes);

/// <summary>Reads the state of the database server itself.</summary>
public sealed class DatabaseReader(NpgsqlDataSource dataSource)
{
    /// <summary>Size and room.</summary>
    public async Task<DatabaseSpace> ReadSpaceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT pg_database_size(current_database()),
                CASE WHEN coalesce(host(inet_server_addr()), '127.0.0.1') IN ('127.0.0.1', '::1')
                    AND pg_has_role(current_user, 'pg_read_all_settings', 'usage') THEN current_setting('data_directory') END
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new DatabaseSpace(reader.GetInt64(0), reader.IsDBNull(1) ? null : FreeBytes(reader.GetString(1)));
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
