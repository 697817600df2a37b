using System.Globalization;
using Headroom.Cli.Commands.Demo;
using Headroom.Migrations;
using Headroom.Storage;
using Headroom.Storage.Provisioning;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Up;

/// <summary>Database, server and agent on this machine: started in order, stopped in the reverse order.</summary>
internal sealed class LocalPlatform(UpOptions options, ProgramPaths paths, TextWriter output) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly List<ChildProgram> _programs = [];
    private PostgresEndpoint? _database;

    /// <summary>Starts everything; returns once this host's frames arrive in the store.</summary>
    /// <exception cref="UpException">Something is in the way; the message says what and how to go on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var steps = new Steps(output);
        await steps.RunAsync("Disk", _ => Task.FromResult(Prerequisites.CheckDisk(options.DataFolder, UpOptions.MinimumFreeBytes)));
        Hold(InstanceLock.Take(options.DataFolder));
        StopLeftovers();
        await steps.RunAsync("Port", _ => Task.FromResult(Prerequisites.CheckPort(options.Port)));

        var database = _database = await steps.RunAsync("Database", progress => OpenDatabaseAsync(progress, cancellationToken));
        Hold(database);
        await steps.RunAsync("Schema", async progress =>
        {
            await DatabaseMigration.ApplyAsync(database.ConnectionString, progress, cancellationToken);
            return "ready";
        });

        await using var store = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var access = await LocalAccess.DecideAsync(options, store, cancellationToken);
        await steps.RunAsync("Server", async _ =>
        {
            var web = Launch("web", paths.Web, ["--urls", options.Address.ToString()], new Dictionary<string, string?>
            {
                ["ConnectionStrings__Headroom"] = database.ConnectionString,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                [LocalAccess.Variable] = access.Mode,
                [LocalAccess.HostsVariable] = LocalAccess.Hosts,
            });
            await Readiness.WaitForHealthAsync(options.Address, web, cancellationToken);
            return $"pages, ingestion and jobs answer at {options.Address}";
        });

        await steps.RunAsync("Agent", async progress =>
        {
            await AgentSetup.EnrolAsync(options, paths, database.ConnectionString, progress, cancellationToken);
            Launch("agent", paths.Agent, ["run", .. AgentSetup.Settings(options)], new Dictionary<string, string?>());
            return paths.AgentIsNative ? "reads this host every second" : "reads this host every second (managed build: no native one here)";
        });

        await steps.RunAsync("Live data", async _ =>
        {
            var host = await Readiness.WaitForFramesAsync(store, _programs, cancellationToken);
            return $"frames of {host} arrive";
        });

        if (options.DemoSpeed is { } speed)
        {
            await steps.RunAsync("Demo fleet", async _ =>
            {
                Launch("demo", paths.Cli, ["demo", "--server", options.Address.ToString(), "--speed", speed.ToString(CultureInfo.InvariantCulture)],
                    new Dictionary<string, string?> { [DemoCommand.ConnectionVariable] = database.ConnectionString });
                return $"{await Readiness.WaitForHostsAsync(store, DemoHost.NamePrefix, _programs, cancellationToken)} recorded hosts, a day of past each";
            });
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync($"Headroom is live: {options.Address}");
        await output.WriteLineAsync("Ctrl-C stops everything; the next 'up' goes on with the same data.");
        await output.WriteLineAsync(access.Explanation);
    }

    /// <summary>Waits for Ctrl-C, or for the database or a program that ends by itself.</summary>
    /// <exception cref="UpException">One ended; the message says why, or holds the end of its log.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var looks = new PeriodicTimer(BetweenLooks);
        while (await looks.WaitForNextTickAsync(cancellationToken))
        {
            if (_database?.WhyItEnded() is { } reason)
            {
                throw new UpException(reason);
            }

            if (_programs.Find(program => program.HasExited) is { } ended)
            {
                throw new UpException($"The {ended.Name} ended by itself. The end of {ended.LogFile}:\n{ended.LogTail()}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_programs.Count > 0)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Stopping {_programs.Count} programs and the database ..."));
        }

        while (_running.TryPop(out var piece))
        {
            await piece.DisposeAsync();
        }

        if (_programs.Count > 0)
        {
            await output.WriteLineAsync("Stopped.");
        }
    }

    private async Task<(PostgresEndpoint Database, string Summary)> OpenDatabaseAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            var settings = new PostgresSettings
            {
                ConnectionString = options.Connection,
                Local = new LocalPostgresOptions { Directory = options.DatabaseFolder },
                AllowPackageInstall = options.MayInstall,
            };
            var endpoint = await PostgresResolver.OpenAsync(settings, progress, cancellationToken);
            return (endpoint, $"PostgreSQL ({endpoint.Source})");
        }
        catch (LocalPostgresException reason)
        {
            throw new UpException(reason.Message);
        }
    }

    private ChildProgram Launch(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var child = ChildProgram.Start(name, program, arguments, environment, options.LogFolder);
        Hold(child);
        _programs.Add(child);
        return child;
    }

    private void StopLeftovers()
    {
        ChildProgram.StopLeftover("demo", paths.Cli, options.LogFolder);
        ChildProgram.StopLeftover("agent", paths.Agent, options.LogFolder);
        ChildProgram.StopLeftover("web", paths.Web, options.LogFolder);
    }

    private void Hold(IAsyncDisposable piece) => _running.Push(piece);
}
