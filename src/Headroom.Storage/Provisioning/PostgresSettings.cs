namespace Headroom.Storage.Provisioning;

/// <summary>What the resolver may use to get a PostgreSQL.</summary>
public sealed record PostgresSettings
{
    /// <summary>A server somebody else runs; when set, nothing else is tried.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The private cluster, used by every source that starts one.</summary>
    public required LocalPostgresOptions Local { get; init; }

    /// <summary>May Debian's or Ubuntu's package be installed with apt-get (needs root)? Default false.</summary>
    public bool AllowPackageInstall { get; init; }

    /// <summary>May a container be started with Docker? Default true.</summary>
    public bool AllowDocker { get; init; } = true;

    /// <summary>May server binaries be downloaded from Maven Central (about 30 MB)? Default true.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>Image that the Docker source runs. Default <c>postgres:17</c>.</summary>
    public string DockerImage { get; init; } = "postgres:17";

    /// <summary>Version that the download source gets. Default 17.</summary>
    public string DownloadVersion { get; init; } = "17";
}
