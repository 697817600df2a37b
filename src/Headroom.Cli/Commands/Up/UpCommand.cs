using System.CommandLine;
using Npgsql;

namespace Headroom.Cli.Commands.Up;

/// <summary><c>headroom up</c>: everything needed to see this host live.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port of the pages and the API on 127.0.0.1 (default 5080).", DefaultValueFactory = _ => 5080 };
        var connection = new Option<string?>("--connection")
        {
            Description = "Connection string of a PostgreSQL database to use (default: ConnectionStrings__Headroom, else a private cluster).",
        };
        var data = new Option<string?>("--data") { Description = "Folder of the private database, spool and logs (default: .local in the checkout)." };
        var install = new Option<bool>("--install") { Description = "Whether Debian's postgresql may be installed when root and no server is found (default true).", DefaultValueFactory = _ => true };
        var demo = new Option<bool>("--demo") { Description = "Also send recorded telemetry of a fleet, so that every page is alive without a cluster." };
        var speed = new Option<double>("--demo-speed") { Description = "Seconds of the demo's story per second of the clock (default 1).", DefaultValueFactory = _ => 1 };
        var access = new Option<string?>("--access") { Description = "Open: whoever is on this machine may do everything. SignIn: everybody signs in (default: Open until somebody has joined)." };
        access.AcceptOnlyFromAmong(LocalAccess.Open, LocalAccess.SignIn);
        var command = new Command("up", "Start everything needed to see this host live: database, server, agent.") { port, connection, data, install, access, demo, speed };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            () => new UpOptions(
                parsed.GetValue(port),
                parsed.GetValue(connection) ?? Environment.GetEnvironmentVariable("ConnectionStrings__Headroom"),
                Path.GetFullPath(parsed.GetValue(data) ?? ProgramPaths.Find().DefaultDataFolder),
                parsed.GetValue(install),
                parsed.GetValue(access) ?? Environment.GetEnvironmentVariable(LocalAccess.Variable),
                parsed.GetValue(demo) ? parsed.GetValue(speed) : null),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<UpOptions> options, CancellationToken cancellationToken)
    {
        try
        {
            await using var platform = new LocalPlatform(options(), ProgramPaths.Find(), Console.Out);
            await platform.StartAsync(cancellationToken);
            await platform.WaitAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception reason) when (reason is UpException or IOException or UnauthorizedAccessException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"headroom up: {reason.Message}");
            return 1;
        }
    }
}
