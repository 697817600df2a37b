using System.Diagnostics;

namespace Headroom.Storage.Provisioning;

/// <summary>Runs a program to its end, as another user when asked to.</summary>
internal static class ServerProcess
{
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    /// <summary>What a program left behind.</summary>
    internal sealed record Outcome(int ExitCode, string Text)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>The last lines of the output, for a message.</summary>
        public string Tail => string.Join(" | ", Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(4));
    }

    /// <summary>PostgreSQL refuses to run as root: the user it runs as instead, or null when this process is not root.</summary>
    /// <exception cref="LocalPostgresException">This process is root and the machine has neither a postgres nor a nobody user.</exception>
    public static string? UnprivilegedUser()
    {
        if (Environment.UserName != "root")
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return Unprivileged.FirstOrDefault(users.Contains)
            ?? throw new LocalPostgresException("PostgreSQL does not run as root, and this machine has neither a 'postgres' nor a 'nobody' user to run it as: add one, or start this command as an ordinary user");
    }

    /// <summary>Runs a program and returns its exit code and all it printed.</summary>
    public static async Task<Outcome> RunAsync(string program, IEnumerable<string> arguments, string? asUser, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo
        {
            FileName = asUser is null ? program : "setpriv",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // The user the server runs as may not be allowed into the current directory.
            WorkingDirectory = "/",
        };
        if (asUser is not null)
        {
            foreach (var argument in new[] { "--reuid", asUser, "--regid", await GroupOfAsync(asUser, cancellationToken).ConfigureAwait(false), "--init-groups", program })
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new LocalPostgresException($"could not start {program}");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Outcome(process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
    }

    private static async Task<string> GroupOfAsync(string user, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken).ConfigureAwait(false);
        return lines.Select(line => line.Split(':')).First(fields => fields[0] == user)[3];
    }
}
