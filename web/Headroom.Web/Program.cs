using Headroom.Web;
using Headroom.Web.Access;

await using var host = WebHost.Build(args);
if (InviteCommand.IsMeant(args))
{
    return await InviteCommand.RunAsync(host);
}

await host.RunAsync();
return 0;
