using Npgsql;

namespace Headroom.Ingestion.Commit;

/// <summary>Tells a store that is away for the moment from data that it will never take.</summary>
internal static class StoreFailure
{
    /// <summary>Whether the same write may succeed later: the connection broke, the server stops, or it is out of something.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        // Classes 08 connection, 53 resources, 57 operator intervention, 58 system error.
        PostgresException server => server.IsTransient || server.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException => true,
        // Entity Framework wraps what it takes for passing.
        InvalidOperationException { InnerException: NpgsqlException inner } => IsPassing(inner),
        _ => false,
    };
}
