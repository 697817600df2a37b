using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Up;

/// <summary>
/// Who may come in on this machine. The server listens on the loopback address only, so it is open until somebody has joined: a person who tries Headroom sees
/// live data at once. From the first account on, nobody gets past the sign-in page because a restart forgot to ask for it.
/// </summary>
/// <param name="Mode">What the server is told.</param>
/// <param name="Explanation">What the person who typed <c>up</c> is told, with the link for the first administrator where one is needed.</param>
internal sealed record LocalAccess(string Mode, string Explanation)
{
    public const string Open = "Open", SignIn = "SignIn";

    /// <summary>The server's setting, as an environment variable.</summary>
    public const string Variable = "Headroom__Access";

    /// <summary>The server's setting of names that it answers to: a page elsewhere whose name is made to point here is not answered.</summary>
    public const string HostsVariable = "AllowedHosts", Hosts = "127.0.0.1;localhost;[::1]";

    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(1);

    public static async Task<LocalAccess> DecideAsync(UpOptions options, IServiceProvider store, CancellationToken cancellationToken)
    {
        await using var context = await store.GetRequiredService<IDbContextFactory<HeadroomDbContext>>().CreateDbContextAsync(cancellationToken);
        var mode = options.Access ?? (await context.People.AnyAsync(cancellationToken) ? SignIn : Open);
        if (mode == Open)
        {
            return new LocalAccess(mode, "Nobody has to sign in: only this machine reaches it. './headroom up --access SignIn' asks for names.");
        }

        var invitations = store.GetRequiredService<Invitations>();
        if (await invitations.HasAdministratorAsync(cancellationToken))
        {
            return new LocalAccess(mode, "Everybody signs in; './headroom invite ADDRESS' lets somebody join.");
        }

        var invitation = await invitations.CreateAsync($"{Environment.UserName}@{Environment.MachineName}", PersonRole.Administrator, "headroom up", LinkLifetime, cancellationToken);
        return new LocalAccess(mode, $"Everybody signs in. Become the administrator {invitation.Address} by this link, once, within a day:\n{invitation.Link(options.Address)}");
    }
}
