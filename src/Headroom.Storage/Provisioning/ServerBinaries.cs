namespace Headroom.Storage.Provisioning;

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
/// <param name="Folder">The folder that holds the programs.</param>
public sealed record ServerBinaries(string Folder)
{
    private static readonly string[] Roots = ["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/postgresql"];

    /// <summary>Creates a cluster.</summary>
    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Starts and stops a server.</summary>
    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Every complete set of server programs on this machine: Debian's folders, newest first, then PATH.</summary>
    public static IReadOnlyList<ServerBinaries> FindAll()
    {
        var versioned = Roots
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return versioned.Concat(onPath).Distinct().Select(folder => new ServerBinaries(folder)).Where(binaries => binaries.AreComplete).ToList();
    }

    /// <summary>The major version of these programs, as <c>postgres --version</c> prints it, for example <c>15</c>.</summary>
    public async Task<string> ReadMajorVersionAsync(CancellationToken cancellationToken)
    {
        var output = await ServerProcess.RunAsync(Path.Combine(Folder, "postgres"), ["--version"], asUser: null, cancellationToken).ConfigureAwait(false);
        var number = output.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(word => char.IsDigit(word[0])) ?? "";
        return new string(number.TakeWhile(char.IsDigit).ToArray());
    }

    private bool AreComplete => File.Exists(InitDb) && File.Exists(PgCtl) && File.Exists(Path.Combine(Folder, "postgres"));
}
