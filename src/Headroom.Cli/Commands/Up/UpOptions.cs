namespace Headroom.Cli.Commands.Up;

/// <summary>What a person may choose about <c>up</c>.</summary>
/// <param name="Port">Port of the pages and the API on 127.0.0.1 (default 5080).</param>
/// <param name="Connection">Connection string of a database to use instead of a private one.</param>
/// <param name="DataFolder">Where the private database, the agent's spool and the logs live (default <c>.local</c> in the checkout).</param>
/// <param name="MayInstall">Whether Debian's PostgreSQL package may be installed when no server programs are found.</param>
/// <param name="Access"><c>Open</c> or <c>SignIn</c>; null for open until somebody has joined (default).</param>
/// <param name="DemoSpeed">Seconds of the demo fleet's story per second of the clock; null for no demo (default).</param>
internal sealed record UpOptions(int Port, string? Connection, string DataFolder, bool MayInstall, string? Access = null, double? DemoSpeed = null)
{
    /// <summary>Free disk space below which nothing is started: 512 MiB.</summary>
    public const long MinimumFreeBytes = 512L << 20;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public string LogFolder => Path.Combine(DataFolder, "logs");

    public string AgentFolder => Path.Combine(DataFolder, "agent");

    public string DatabaseFolder => Path.Combine(DataFolder, "postgres");
}
