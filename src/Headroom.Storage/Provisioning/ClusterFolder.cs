using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headroom.Storage.Provisioning;

/// <summary>
/// The folder of a private cluster: <c>data</c>, <c>log</c>, <c>password</c>, <c>port</c>, and while the cluster is being made the
/// marker <c>unfinished</c>, which proves that <c>data</c> holds nothing worth keeping.
/// </summary>
internal sealed class ClusterFolder
{
    internal const string Owner = "headroom";

    private const int LogLines = 40;

    private readonly string _root;

    private ClusterFolder(string root, string? user)
    {
        _root = root;
        User = user;
        // A unix socket path may have 107 bytes in all.
        Socket = Encoding.UTF8.GetByteCount(root) < 80 ? root : "/tmp";
    }

    /// <summary>The user the server runs as, or null for the user of this process.</summary>
    public string? User { get; }

    public string Data => Path.Combine(_root, "data");

    public string Log => Path.Combine(_root, "log");

    public string Socket { get; }

    public bool IsInitialised => File.Exists(Path.Combine(Data, "PG_VERSION")) && !File.Exists(Unfinished);

    private string Unfinished => Path.Combine(_root, "unfinished");

    private string Password => Path.Combine(_root, "password");

    private string Port => Path.Combine(_root, "port");

    /// <summary>Makes the folder, gives it to the user the server runs as, and clears what an interrupted first start left.</summary>
    /// <exception cref="LocalPostgresException">Not enough disk, or the folder holds something that is not ours.</exception>
    public static async Task<ClusterFolder> PrepareAsync(LocalPostgresOptions options, string? user, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(options.Directory);
        try
        {
            Directory.CreateDirectory(root);
            var free = new DriveInfo(root).AvailableFreeSpace;
            if (free < options.MinimumFreeBytes)
            {
                throw new LocalPostgresException($"the disk that holds {root} has {free >> 20} MiB free, PostgreSQL needs at least {options.MinimumFreeBytes >> 20} MiB: free some space");
            }

            root = await ReachableRoot.ForAsync(root, user, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresException($"cannot make the folder {root} for PostgreSQL: {exception.Message}", exception);
        }

        var folder = new ClusterFolder(root, user);
        folder.ClearUnfinished(progress);
        return folder;
    }

    /// <summary>Runs initdb, between setting and removing the marker.</summary>
    public async Task InitialiseAsync(ServerBinaries binaries, bool requirePassword, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Unfinished, "initdb has not finished: the folder 'data' holds nothing worth keeping\n", cancellationToken).ConfigureAwait(false);
        var arguments = new List<string> { "-D", Data, "-U", Owner, "-E", "UTF8", "--locale=C.UTF-8" };
        if (requirePassword)
        {
            await WriteSecretAsync(Convert.ToHexString(RandomNumberGenerator.GetBytes(24)), cancellationToken).ConfigureAwait(false);
            arguments.AddRange(["--auth=scram-sha-256", $"--pwfile={Password}"]);
        }
        else
        {
            arguments.AddRange(["--auth=trust", "--no-sync"]);
        }

        var outcome = await ServerProcess.RunAsync(binaries.InitDb, arguments, User, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw ExplainFailure($"PostgreSQL could not make a cluster in {Data}", outcome);
        }

        File.Delete(Unfinished);
    }

    public async Task<string> ReadMajorVersionAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(Path.Combine(Data, "PG_VERSION"), cancellationToken).ConfigureAwait(false)).Trim();

    public async Task<string?> ReadPasswordAsync(CancellationToken cancellationToken) =>
        File.Exists(Password) ? (await File.ReadAllTextAsync(Password, cancellationToken).ConfigureAwait(false)).Trim() : null;

    public async Task<int?> ReadLastPortAsync(CancellationToken cancellationToken) =>
        File.Exists(Port) && int.TryParse(await File.ReadAllTextAsync(Port, cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture, out var port) ? port : null;

    public Task WriteLastPortAsync(int port, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Port, port.ToString(CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>The server that runs on this folder, told by its pid file and by the command line of that process; null when there is none.</summary>
    public (int Pid, int Port)? RunningServer()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(pidFile))
        {
            return null;
        }

        var lines = File.ReadAllLines(pidFile);
        if (lines.Length < 4
            || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            || !int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var commandLine = $"/proc/{pid}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(Data, StringComparison.Ordinal) ? (pid, port) : null;
    }

    /// <summary>Removes a pid file whose process is gone or is another program that was given the same number.</summary>
    public void RemoveStalePid() => File.Delete(Path.Combine(Data, "postmaster.pid"));

    /// <summary>Turns what a program of PostgreSQL printed, and the end of the server's log, into one sentence.</summary>
    public LocalPostgresException ExplainFailure(string what, ServerProcess.Outcome outcome) => new(Explain(what, outcome.Text, outcome.Tail));

    /// <summary>The same for a server that nobody asked.</summary>
    public string Explain(string what, string printed, string? tail = null)
    {
        var log = File.Exists(Log) ? File.ReadLines(Log).TakeLast(LogLines).ToArray() : [];
        var text = printed + string.Join('\n', log);
        if (text.Contains("No space left on device", StringComparison.Ordinal))
        {
            return $"{what}: the disk that holds {_root} is full, free some space";
        }

        if (text.Contains("Address already in use", StringComparison.Ordinal))
        {
            return $"{what}: the port is taken by another program, stop it or choose another port";
        }

        var fatal = log.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal));
        return $"{what}: {fatal ?? tail ?? log.LastOrDefault()} (log: {Log}; data: {Data})";
    }

    private void ClearUnfinished(IProgress<string>? progress)
    {
        if (File.Exists(Unfinished))
        {
            progress?.Report($"an earlier first start was interrupted: making the cluster in {Data} again");
            if (Directory.Exists(Data))
            {
                Directory.Delete(Data, recursive: true);
            }

            return;
        }

        if (!IsInitialised && Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
        {
            throw new LocalPostgresException($"{Data} holds files but is not a whole PostgreSQL cluster (no PG_VERSION): move or delete that folder, then start again");
        }
    }

    private async Task WriteSecretAsync(string secret, CancellationToken cancellationToken)
    {
        File.Delete(Password);
        await using (var file = new FileStream(Password, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(secret), cancellationToken).ConfigureAwait(false);
        }

        if (User is not null)
        {
            await ReachableRoot.GiveAsync(Password, User, cancellationToken).ConfigureAwait(false);
        }
    }
}
