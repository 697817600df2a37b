using System.Net;
using System.Net.Sockets;

namespace Headroom.Storage.Provisioning;

/// <summary>Chooses a TCP port on 127.0.0.1.</summary>
public static class FreePort
{
    /// <summary>The required port when one is given; else the preferred one while it is free; else any free one.</summary>
    /// <exception cref="LocalPostgresException">The required port is taken.</exception>
    public static int Choose(int? required, int? preferred = null)
    {
        if (required is { } port)
        {
            return IsFree(port) ? port : throw new LocalPostgresException($"port {port} on 127.0.0.1 is taken by another program: stop it, or choose another port");
        }

        if (preferred is { } last && IsFree(last))
        {
            return last;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether a program could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
