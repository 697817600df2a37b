using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>Says so when an open server can be reached from other machines.</summary>
internal sealed partial class OpenDoorWarning(IServer server, IHostApplicationLifetime lifetime, IOptions<AccessOptions> access, ILogger<OpenDoorWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (access.Value.Access == AccessMode.Open)
        {
            lifetime.ApplicationStarted.Register(Look);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Look()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            if (Uri.TryCreate(address, UriKind.Absolute, out var place) && (place.IsLoopback || (IPAddress.TryParse(place.Host, out var number) && IPAddress.IsLoopback(number))))
            {
                continue;
            }

            Log.Open(logger, address);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Headroom:Access is Open and the server listens on {Address}: everybody who reaches it may do everything")]
        public static partial void Open(ILogger logger, string address);
    }
}
