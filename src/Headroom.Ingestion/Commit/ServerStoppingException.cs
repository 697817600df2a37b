namespace Headroom.Ingestion.Commit;

/// <summary>The server is stopping and takes no more writes. Answered with 503.</summary>
internal sealed class ServerStoppingException() : Exception("the server is stopping");
