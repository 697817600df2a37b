namespace Headroom.Storage.Provisioning.Sources;

/// <summary>A private cluster run by the server programs that are on the machine.</summary>
internal sealed class InstalledBinaries : IPostgresSource
{
    public string Name => "installed";

    public async Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (ServerBinaries.FindAll().Count == 0)
        {
            progress.Report("no PostgreSQL server programs on this machine");
            return null;
        }

        return await OpenAsync(settings, Name, progress, binaries: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts the private cluster with the given programs.</summary>
    internal static async Task<PostgresEndpoint> OpenAsync(PostgresSettings settings, string source, IProgress<string> progress, ServerBinaries? binaries, CancellationToken cancellationToken)
    {
        var server = await LocalPostgres.StartAsync(settings.Local, progress, binaries, cancellationToken).ConfigureAwait(false);
        return new PostgresEndpoint(server.ConnectionString, source) { Stop = server.DisposeAsync, Ended = server.WhyItEnded };
    }
}
