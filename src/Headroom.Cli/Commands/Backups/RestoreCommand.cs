using System.CommandLine;
using Headroom.Storage.Backups;

namespace Headroom.Cli.Commands.Backups;

/// <summary><c>headroom restore</c>: an empty database filled from a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Backup that 'headroom backup' wrote." };
        var command = new Command("restore", "Fill an empty database from a backup, wholly or not at all.") { file, ChosenDatabase.Connection, ChosenDatabase.Data };
        command.SetAction((parsed, cancellationToken) => BackupCommand.GuardAsync("restore", async () =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, mayBeNew: true, cancellationToken);
            await DatabaseBackup.RestoreAsync(database.ConnectionString, Path.GetFullPath(parsed.GetValue(file)!), cancellationToken);
            Console.WriteLine("restored; the next 'up' brings the schema up to date if the backup is of an earlier version");
        }));
        return command;
    }
}
