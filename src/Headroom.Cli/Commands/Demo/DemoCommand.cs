using System.CommandLine;
using Headroom.Cli.Commands.Up;

namespace Headroom.Cli.Commands.Demo;

/// <summary><c>headroom demo</c>: a fleet of recorded hosts for a running platform; <c>up --demo</c> starts it beside the rest.</summary>
internal static class DemoCommand
{
    public const string ConnectionVariable = "ConnectionStrings__Headroom";

    public static Command Create()
    {
        var server = new Option<string>("--server") { Description = "Address of the platform (default http://127.0.0.1:5080).", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var connection = new Option<string?>("--connection") { Description = $"Connection string of its database (default: {ConnectionVariable})." };
        var hosts = new Option<int>("--hosts") { Description = "Hosts of the fleet (default 8).", DefaultValueFactory = _ => 8 };
        var history = new Option<double>("--history") { Description = "Hours of past that every host gets (default 24).", DefaultValueFactory = _ => 24 };
        var speed = new Option<double>("--speed") { Description = "Seconds of the story per second of the clock (default 1).", DefaultValueFactory = _ => 1 };
        var seed = CommandOptions.Seed();
        var command = new Command("demo", "Send recorded telemetry of a fleet to a running platform, so that every page is alive.") { server, connection, hosts, history, speed, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var options = new DemoOptions(
                    Uri.TryCreate(parsed.GetValue(server), UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
                        ? address : throw new ArgumentException($"--server: expected an http or https address, got '{parsed.GetValue(server)}'"),
                    parsed.GetValue(connection) ?? Environment.GetEnvironmentVariable(ConnectionVariable)
                        ?? throw new ArgumentException($"expected the connection string of the platform's database in --connection or {ConnectionVariable}, got neither"),
                    AtLeast(1, parsed.GetValue(hosts), "--hosts"),
                    TimeSpan.FromHours(AtLeast(0, parsed.GetValue(history), "--history")),
                    AtLeast(0.001, parsed.GetValue(speed), "--speed"),
                    parsed.GetValue(seed));
                var scenes = SceneReader.Read(DemoRecordings.Folder(ProgramPaths.Find().Root));
                await new DemoFleet(options, scenes, TimeProvider.System).RunAsync(new Lines(), cancellationToken);
                return 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception reason) when (reason is ArgumentException or IOException or FormatException or HttpRequestException or UpException)
            {
                await Console.Error.WriteLineAsync($"headroom demo: {reason.Message}");
                return 1;
            }
        });
        return command;
    }

    private static T AtLeast<T>(T least, T value, string option)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 ? value : throw new ArgumentException($"{option}: expected at least {least}, got {value}");

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine(value);
    }
}
