namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary>The product's own recording of a busy host, see <c>datasets/busy-host/MANIFEST.md</c>.</summary>
internal static class BusyHost
{
    /// <summary>The file in a checkout.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string File(string root)
    {
        var file = Path.Combine(root, "datasets", "busy-host", "busy-host.frames");
        return System.IO.File.Exists(file) ? file : throw new FileNotFoundException($"expected the recording of a busy host at {file}; make one with: headroom-agent record --seconds 3600 --out FILE, and name it with --recording");
    }
}
