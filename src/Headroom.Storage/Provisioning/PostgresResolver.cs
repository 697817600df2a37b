using Headroom.Storage.Provisioning.Sources;

namespace Headroom.Storage.Provisioning;

/// <summary>Gets a PostgreSQL in the first way that is open: configured, installed, package, container, download.</summary>
public static class PostgresResolver
{
    /// <summary>The ways, in the order they are tried.</summary>
    public static IReadOnlyList<IPostgresSource> Sources { get; } =
    [
        new ConfiguredServer(),
        new InstalledBinaries(),
        new PackageInstall(),
        new DockerContainer(),
        new DownloadedBinaries(),
    ];

    /// <summary>Opens the first server that can be had.</summary>
    /// <exception cref="LocalPostgresException">A way was open but failed, or none was open.</exception>
    public static async Task<PostgresEndpoint> OpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        foreach (var source in Sources)
        {
            if (await source.TryOpenAsync(settings, progress, cancellationToken).ConfigureAwait(false) is { } endpoint)
            {
                progress.Report($"PostgreSQL is ready ({source.Name})");
                return endpoint;
            }
        }

        throw new LocalPostgresException("no PostgreSQL: set ConnectionStrings__Headroom, install the package 'postgresql', or start Docker");
    }
}
