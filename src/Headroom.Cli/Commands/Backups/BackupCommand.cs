using System.CommandLine;
using System.Globalization;
using Headroom.Cli.Commands.Up;
using Headroom.Storage.Backups;
using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Backups;

/// <summary><c>headroom backup</c>: the whole database as one file.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "File to write.", Required = true };
        var command = new Command("backup", "Write the whole database, models included, as one file, while the platform runs.") { output, ChosenDatabase.Connection, ChosenDatabase.Data };
        command.SetAction((parsed, cancellationToken) => GuardAsync("backup", async () =>
        {
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            await using var database = await ChosenDatabase.OpenAsync(parsed, mayBeNew: false, cancellationToken);
            await DatabaseBackup.WriteAsync(database.ConnectionString, file, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {new FileInfo(file).Length / (double)(1 << 20):F1} MiB"));
        }));
        return command;
    }

    /// <summary>Exit code 1 and one sentence when something is in the way.</summary>
    internal static async Task<int> GuardAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception reason) when (reason is BackupException or LocalPostgresException or UpException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"headroom {name}: {reason.Message}");
            return 1;
        }
    }
}
