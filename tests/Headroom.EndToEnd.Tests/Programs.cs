using System.Net;
using System.Net.Sockets;

namespace Headroom.EndToEnd.Tests;

/// <summary>Where the programs under test lie and which ports they may have.</summary>
internal static class Programs
{
    /// <summary>A program beside this test's own folder: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string File(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
