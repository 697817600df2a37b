using System.CommandLine;
using Headroom.Cli.Commands.Backups;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.People;

/// <summary><c>headroom invite</c>: a link by which one person joins, once; or chooses a new password.</summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("address") { Description = "Mail address of the person; nothing is sent to it." };
        var role = new Option<string?>("--role") { Description = "What the person may do: viewer, operator or administrator (default: administrator while there is none, else viewer)." };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<PersonRole>().Select(name => name.ToLowerInvariant())]);
        var server = new Option<string>("--server") { Description = "Address at which the person reaches the server (default http://127.0.0.1:5080).", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var days = new Option<double>("--days") { Description = "How long the link works, days (default 3).", DefaultValueFactory = _ => 3 };
        var command = new Command("invite", "Make a link by which one person joins, once; or chooses a new password.") { address, role, server, days, ChosenDatabase.Connection, ChosenDatabase.Data };
        command.SetAction((parsed, cancellationToken) => BackupCommand.GuardAsync("invite", async () =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, mayBeNew: false, cancellationToken);
            await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
            try
            {
                var invitation = await services.GetRequiredService<Invitations>().CreateAsync(
                    parsed.GetValue(address)!,
                    parsed.GetValue(role) is { } named ? Enum.Parse<PersonRole>(named, ignoreCase: true) : null,
                    "headroom invite",
                    TimeSpan.FromDays(parsed.GetValue(days)),
                    cancellationToken);
                Console.WriteLine($"{invitation.Address} joins as {invitation.Role.ToString().ToLowerInvariant()}, once, until {invitation.ExpiresAt:u}:");
                Console.WriteLine(invitation.Link(new Uri(parsed.GetValue(server)!)));
            }
            catch (PostgresException unready) when (unready.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                throw new ArgumentException("the schema of this database is not up to date; './headroom up' or the migration program brings it there", unready);
            }
        }));
        return command;
    }
}
