using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Headroom.Cli.Commands.Up;

/// <summary>What must hold before anything is started.</summary>
internal static class Prerequisites
{
    /// <exception cref="UpException">The data folder cannot be made, or the disk that holds it is nearly full.</exception>
    public static string CheckDisk(string folder, long minimumFreeBytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UpException($"The folder {folder} cannot be made: {error.Message} Choose another with --data.");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < minimumFreeBytes)
        {
            throw new UpException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {folder} has {free >> 20} MiB free; Headroom needs at least {minimumFreeBytes >> 20} MiB. Free some space or choose another folder with --data."));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):F1} GiB free");
    }

    /// <exception cref="UpException">Another program listens on the port.</exception>
    public static string CheckPort(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            var why = error.SocketErrorCode == SocketError.AccessDenied ? "may not be used by this user" : "is taken by another program";
            throw new UpException($"Port {port} {why}. Choose another: ./headroom up --port {(port < 65535 ? port + 1 : 5080)}");
        }

        return $"port {port} is free";
    }
}
