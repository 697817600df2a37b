using Headroom.Migrations;
using Npgsql;

var connectionString = args.Length > 0 ? args[0] : Environment.GetEnvironmentVariable(DatabaseMigration.ConnectionVariable);
if (string.IsNullOrWhiteSpace(connectionString))
{
    Console.Error.WriteLine($"which database? Give a connection string as the first argument or in {DatabaseMigration.ConnectionVariable}");
    return 1;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

try
{
    await DatabaseMigration.ApplyAsync(connectionString, new ConsoleProgress(), interrupted.Token);
    return 0;
}
catch (Exception exception) when (exception is NpgsqlException or ArgumentException or OperationCanceledException)
{
    Console.Error.WriteLine($"the migration stopped, nothing of its last step was kept: {exception.Message}");
    return 1;
}
