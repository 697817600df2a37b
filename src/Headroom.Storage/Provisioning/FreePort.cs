using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Headroom.Storage.Provisioning;

/// <summary>
/// Chooses a TCP port on 127.0.0.1, below those that the kernel gives to outgoing connections (32768 and up): a connection made between
/// the choice and its use cannot take it.
/// </summary>
public static class FreePort
{
    private const int Least = 20_000;
    private const int Beyond = 32_768;
    private const int Tries = 1_000;

    /// <summary>The required port when one is given; else the preferred one while it is free; else any free one.</summary>
    /// <exception cref="LocalPostgresException">The required port is taken.</exception>
    public static int Choose(int? required = null, int? preferred = null)
    {
        if (required is { } port)
        {
            return IsFree(port) ? port : throw new LocalPostgresException($"port {port} on 127.0.0.1 is taken by another program: stop it, or choose another port");
        }

        if (preferred is { } last && IsFree(last))
        {
            return last;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var candidate = RandomNumberGenerator.GetInt32(Least, Beyond);
            if (IsFree(candidate))
            {
                return candidate;
            }
        }

        throw new LocalPostgresException($"none of the ports {Least} to {Beyond - 1} on 127.0.0.1 could be had");
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
