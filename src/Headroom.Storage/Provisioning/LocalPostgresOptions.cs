namespace Headroom.Storage.Provisioning;

/// <summary>How a private PostgreSQL cluster is laid out and run.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>Folder that holds the cluster, its log and its password; made when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>TCP port on 127.0.0.1; null takes the port of the last start when it is still free, else any free one.</summary>
    public int? Port { get; init; }

    /// <summary>Name of the database to have ready. Default <c>headroom</c>.</summary>
    public string Database { get; init; } = "headroom";

    /// <summary>Ask for a password (made at the first start, kept in the folder). Off only for throw-away clusters. Default true.</summary>
    public bool RequirePassword { get; init; } = true;

    /// <summary>Settings passed to the server, for example <c>fsync=off</c> for a throw-away cluster. Default: none, that is full durability.</summary>
    public IReadOnlyDictionary<string, string> ServerSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Refuse to start with less free disk space than this. Default 256 MiB.</summary>
    public long MinimumFreeBytes { get; init; } = 256L << 20;

    /// <summary>How long the server may take to start or stop. Default 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
