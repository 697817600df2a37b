using Headroom.Migrations;
using Npgsql;

const string SecretsFolder = "/run/secrets";
var secret = Path.Combine(SecretsFolder, DatabaseMigration.ConnectionVariable);
var connectionString = args.Length > 0 ? args[0]
    : Environment.GetEnvironmentVariable(DatabaseMigration.ConnectionVariable) ?? (File.Exists(secret) ? File.ReadAllText(secret).Trim() : null);
if (string.IsNullOrWhiteSpace(connectionString))
{
    Console.Error.WriteLine($"which database? Give a connection string as the first argument, in {DatabaseMigration.ConnectionVariable} or in the file {secret}");
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
