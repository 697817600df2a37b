using System.Diagnostics;
using Headroom.Storage.Provisioning;

namespace Headroom.Testing;

/// <summary>
/// A private server in a temporary folder that goes away with this process, however it ends: a watchdog waits on a pipe that
/// closes when this process does, then stops the server and deletes the folder.
/// </summary>
internal sealed class ThrowAwayServer : IAsyncDisposable
{
    private const string Watch =
        """
        trap '' INT TERM HUP
        read -r _
        [ -f "$0/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$0/data/postmaster.pid")"
        for _ in 1 2 3 4 5 6 7 8 9 10; do [ -f "$0/data/postmaster.pid" ] || break; sleep 0.2; done
        rm -rf "$0"
        """;

    private readonly Process _watchdog;

    private ThrowAwayServer(Process watchdog, string connectionString)
    {
        _watchdog = watchdog;
        ConnectionString = connectionString;
    }

    /// <summary>Connects as the owner of the cluster.</summary>
    public string ConnectionString { get; }

    public static async Task<ThrowAwayServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("headroom-test-postgres-").FullName;
        var watchdog = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watch, folder]) { RedirectStandardInput = true })
            ?? throw new InvalidOperationException("could not start /bin/sh");
        try
        {
            var server = await LocalPostgres.StartAsync(
                new LocalPostgresOptions
                {
                    Directory = folder,
                    RequirePassword = false,
                    ServerSettings = new Dictionary<string, string>
                    {
                        ["fsync"] = "off",
                        ["synchronous_commit"] = "off",
                        ["full_page_writes"] = "off",
                        ["shared_buffers"] = "64MB",
                        ["max_connections"] = "200",
                        ["autovacuum"] = "off",
                    },
                },
                cancellationToken: cancellationToken);
            return new ThrowAwayServer(watchdog, server.ConnectionString + ";Include Error Detail=true");
        }
        catch
        {
            watchdog.StandardInput.Close();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        // It goes on clearing up by itself: a loaded machine that takes longer fails no test.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _watchdog.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watchdog.Dispose();
    }
}
