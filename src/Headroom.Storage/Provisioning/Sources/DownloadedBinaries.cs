using MysticMind.PostgresEmbed;

namespace Headroom.Storage.Provisioning.Sources;

/// <summary>Downloads server programs from Maven Central once, then runs the private cluster with them.</summary>
internal sealed class DownloadedBinaries : IPostgresSource
{
    public string Name => "download";

    public async Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!settings.AllowDownload)
        {
            progress.Report("downloading PostgreSQL is not allowed");
            return null;
        }

        progress.Report($"downloading PostgreSQL {settings.DownloadVersion}");
        ServerBinaries binaries;
        try
        {
            await using var server = new PgServer(new PgServerOptions
            {
                PgVersion = settings.DownloadVersion,
                BinariesDir = Path.Combine(settings.Local.Directory, "binaries"),
            });
            await server.InstallAsync(cancellationToken).ConfigureAwait(false);
            binaries = new ServerBinaries(Path.Combine(server.InstallDir, "bin"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException)
        {
            progress.Report($"PostgreSQL could not be downloaded: {exception.Message}");
            return null;
        }

        return await InstalledBinaries.OpenAsync(settings, Name, progress, binaries, cancellationToken).ConfigureAwait(false);
    }
}
