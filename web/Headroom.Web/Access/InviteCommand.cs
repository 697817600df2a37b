using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary><c>Headroom.Web --invite ADDRESS [--role ROLE]</c>: makes a link for somebody to join, where only this program is deployed, and ends.</summary>
internal static class InviteCommand
{
    private const string Key = "invite", Option = $"--{Key}";

    public static bool IsMeant(IReadOnlyCollection<string> args) => args.Any(arg => arg == Option || arg.StartsWith(Option + "=", StringComparison.Ordinal));

    public static async Task<int> RunAsync(WebApplication host)
    {
        var address = host.Configuration[Key];
        PersonRole? role = null;
        if (host.Configuration["role"] is { } named)
        {
            if (!Enum.TryParse<PersonRole>(named, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return await FailAsync($"--role: expected viewer, operator or administrator, got '{named}'.");
            }

            role = parsed;
        }

        try
        {
            var lifetime = host.Services.GetRequiredService<IOptions<PeopleOptions>>().Value.InvitationLifetime;
            var invitation = await host.Services.GetRequiredService<Invitations>().CreateAsync(address ?? "", role, Option, lifetime, CancellationToken.None);
            await Console.Out.WriteLineAsync($"{invitation.Address} joins as {invitation.Role.ToString().ToLowerInvariant()}, once, until {invitation.ExpiresAt:u}:");
            await Console.Out.WriteLineAsync(invitation.Link(ServerOf(host)).ToString());
            return 0;
        }
        catch (Exception reason) when (reason is ArgumentException or Npgsql.NpgsqlException or InvalidOperationException)
        {
            return await FailAsync(reason.Message);
        }
    }

    private static Uri ServerOf(WebApplication host)
    {
        var listens = (host.Configuration["urls"] ?? "http://127.0.0.1:8080").Split(';')[0].Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal);
        return host.Services.GetRequiredService<IOptions<AccessOptions>>().Value.PublicAddress ?? new Uri(listens);
    }

    private static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync($"Headroom.Web --invite: {reason}");
        return 1;
    }
}
