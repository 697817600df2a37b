using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Headroom.Cli.Commands.Up;

namespace Headroom.Cli.Tests;

public sealed class PrerequisitesTests
{
    [Fact]
    public void A_port_that_is_taken_is_named_with_a_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var error = Assert.Throws<UpException>(() => Prerequisites.CheckPort(port));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains("--port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_without_room_is_refused()
    {
        var folder = Path.GetTempPath();
        Assert.Throws<UpException>(() => Prerequisites.CheckDisk(folder, long.MaxValue));
        Assert.EndsWith("free", Prerequisites.CheckDisk(folder, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_programs_cannot_hold_one_folder()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-lock-").FullName;
        await using (InstanceLock.Take(folder))
        {
            Assert.Throws<UpException>(() => InstanceLock.Take(folder));
        }

        await using var again = InstanceLock.Take(folder);
        Directory.Delete(folder, recursive: true);
    }
}
