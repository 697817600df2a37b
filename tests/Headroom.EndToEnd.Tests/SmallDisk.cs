using System.Globalization;

namespace Headroom.EndToEnd.Tests;

/// <summary>A disk of a few MiB in memory over a folder; a machine on which this user may not mount skips the test visibly.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static async Task<SmallDisk> MountAsync(string folder, int mebibytes)
    {
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m"), "tmpfs", folder);
        Assert.SkipUnless(mounted, "this user may not mount a small disk");
        return new SmallDisk(folder);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", _folder);

    private static async Task<bool> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Programs.StartQuietly(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
