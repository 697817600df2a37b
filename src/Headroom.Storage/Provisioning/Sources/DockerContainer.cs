using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Headroom.Storage.Provisioning.Sources;

/// <summary>A container with a named volume; a second start goes on with the same container and data.</summary>
internal sealed class DockerContainer : IPostgresSource
{
    private const string Docker = "docker";

    public string Name => "docker";

    public async Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!settings.AllowDocker || !await AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            progress.Report("Docker is not allowed or does not answer");
            return null;
        }

        // One container per folder, so that two checkouts do not share data.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(settings.Local.Directory))))[..12];
        var container = $"headroom-postgres-{hash}";
        var passwordFile = Path.Combine(settings.Local.Directory, "docker-password");
        var started = await ServerProcess.RunAsync(Docker, ["start", container], asUser: null, cancellationToken).ConfigureAwait(false);
        if (!started.Succeeded)
        {
            progress.Report($"starting {settings.DockerImage} with Docker");
            await RunAsync(settings, container, passwordFile, cancellationToken).ConfigureAwait(false);
        }

        var port = await PublishedPortAsync(container, cancellationToken).ConfigureAwait(false);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = ClusterFolder.Owner,
            Password = await File.ReadAllTextAsync(passwordFile, cancellationToken).ConfigureAwait(false),
            Database = settings.Local.Database,
        };
        await WaitUntilReadyAsync(builder.ConnectionString, settings.Local.StartTimeout, cancellationToken).ConfigureAwait(false);
        return new PostgresEndpoint(builder.ConnectionString, Name)
        {
            Stop = async () => await ServerProcess.RunAsync(Docker, ["stop", container], asUser: null, CancellationToken.None).ConfigureAwait(false),
        };
    }

    private static async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ServerProcess.RunAsync(Docker, ["info"], asUser: null, cancellationToken).ConfigureAwait(false)).Succeeded;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task RunAsync(PostgresSettings settings, string container, string passwordFile, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Local.Directory);
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        await using (var file = new FileStream(passwordFile, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(password), cancellationToken).ConfigureAwait(false);
        }

        var port = FreePort.Choose(settings.Local.Port).ToString(CultureInfo.InvariantCulture);
        // The password travels in the environment: a command line can be read by every user of the machine.
        var environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password };
        var run = await ServerProcess.RunAsync(
            Docker,
            ["run", "-d", "--name", container, "-p", $"127.0.0.1:{port}:5432", "-v", $"{container}:/var/lib/postgresql/data", "-e", $"POSTGRES_USER={ClusterFolder.Owner}", "-e", $"POSTGRES_DB={settings.Local.Database}", "-e", "POSTGRES_PASSWORD", settings.DockerImage],
            asUser: null,
            cancellationToken,
            environment).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            throw new LocalPostgresException($"Docker did not start {settings.DockerImage}: {run.Tail}");
        }
    }

    private static async Task<int> PublishedPortAsync(string container, CancellationToken cancellationToken)
    {
        var outcome = await ServerProcess.RunAsync(Docker, ["port", container, "5432/tcp"], asUser: null, cancellationToken).ConfigureAwait(false);
        var text = outcome.Text.Split('\n')[0];
        return int.TryParse(text[(text.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new LocalPostgresException($"Docker does not say on which port {container} listens: {outcome.Tail}");
    }

    private static async Task WaitUntilReadyAsync(string connectionString, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(limit.Token).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new LocalPostgresException($"the PostgreSQL container did not answer within {timeout.TotalSeconds:F0} s", exception);
            }
        }
    }
}
