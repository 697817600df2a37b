using System.Net;
using System.Net.Sockets;
using Headroom.Storage.Provisioning;
using Npgsql;

namespace Headroom.Storage.Tests.Provisioning;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-local-postgres-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_start_goes_on_with_the_same_data_and_port()
    {
        RequireBinaries();
        int port;
        await using (var first = await LocalPostgres.StartAsync(Options(), cancellationToken: Token))
        {
            port = first.Port;
            await ExecuteAsync(first.ConnectionString, "CREATE TABLE kept (n integer)");
            await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(new NpgsqlConnectionStringBuilder(first.ConnectionString) { Password = "wrong", Pooling = false }.ConnectionString, "SELECT 1"));
        }

        // A crash leaves its pid file behind; here its number belongs to this test, which is no PostgreSQL.
        await File.WriteAllTextAsync(Path.Combine(_folder, "data", "postmaster.pid"), $"{Environment.ProcessId}\n{_folder}/data\n1\n{port}\n", Token);
        await using var second = await LocalPostgres.StartAsync(Options(), cancellationToken: Token);
        await ExecuteAsync(second.ConnectionString, "INSERT INTO kept VALUES (1)");
        Assert.Equal(port, second.Port);

        var said = new Collect();
        var third = await LocalPostgres.StartAsync(Options(), said, cancellationToken: Token);
        Assert.Equal(port, third.Port);
        Assert.Contains(said, line => line.Contains("taking over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_first_start_is_made_again()
    {
        RequireBinaries();
        Directory.CreateDirectory(Path.Combine(_folder, "data", "base"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "unfinished"), "", Token);
        await using var server = await LocalPostgres.StartAsync(Options(), cancellationToken: Token);
        await ExecuteAsync(server.ConnectionString, "SELECT 1");
    }

    [Fact]
    public async Task A_folder_with_something_else_is_left_alone_and_named()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "thesis.txt"), "do not delete", Token);
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalPostgres.StartAsync(Options(), cancellationToken: Token));
        Assert.Contains(data, refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(data, "thesis.txt")));
    }

    [Fact]
    public async Task A_taken_port_is_said_in_a_sentence()
    {
        RequireBinaries();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalPostgres.StartAsync(Options() with { Port = port }, cancellationToken: Token));
        Assert.Equal($"port {port} on 127.0.0.1 is taken by another program: stop it, or choose another port", refusal.Message);
    }

    [Fact]
    public async Task A_full_disk_is_said_in_a_sentence()
    {
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalPostgres.StartAsync(Options() with { MinimumFreeBytes = long.MaxValue }, cancellationToken: Token));
        Assert.Contains("free some space", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_server_that_does_not_answer_is_an_error_not_a_reason_to_try_another()
    {
        var settings = new PostgresSettings { ConnectionString = $"Host=127.0.0.1;Port={FreePort.Choose()};Username=nobody;Timeout=2", Local = Options() };
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => PostgresResolver.OpenAsync(settings, new Collect(), Token));
        Assert.Contains("does not answer", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private LocalPostgresOptions Options() => new() { Directory = _folder };

    private static void RequireBinaries() =>
        Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL server programs on this machine");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private sealed class Collect : List<string>, IProgress<string>
    {
        public void Report(string value) => Add(value);
    }
}
