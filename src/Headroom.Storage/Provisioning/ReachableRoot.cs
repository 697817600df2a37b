using System.Security.Cryptography;
using System.Text;

namespace Headroom.Storage.Provisioning;

/// <summary>
/// When root starts a server as another user, that user must own the folder and be able to walk to it. A folder below one that is
/// closed to others (such as /root) moves to /var/lib/headroom, and a link in its place says where it went.
/// </summary>
internal static class ReachableRoot
{
    private const string Shared = "/var/lib/headroom";

    /// <summary>The folder the server can use in place of <paramref name="root"/>, owned by <paramref name="user"/>.</summary>
    public static async Task<string> ForAsync(string root, string? user, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return root;
        }

        if (!await CanReachAsync(root, user, cancellationToken).ConfigureAwait(false))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12];
            var elsewhere = Path.Combine(Shared, $"{Path.GetFileName(root)}-{hash}");
            progress?.Report($"the user '{user}' may not enter {root}: the cluster lives in {elsewhere}");
            Directory.CreateDirectory(elsewhere);
            var link = Path.Combine(root, "cluster");
            if (!Path.Exists(link))
            {
                File.CreateSymbolicLink(link, elsewhere);
            }

            root = elsewhere;
        }

        await GiveAsync(root, user, cancellationToken).ConfigureAwait(false);
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return root;
    }

    /// <summary>Makes <paramref name="user"/> the owner of a file or folder.</summary>
    public static async Task GiveAsync(string path, string user, CancellationToken cancellationToken)
    {
        var outcome = await ServerProcess.RunAsync("chown", [$"{user}:", path], asUser: null, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw new LocalPostgresException($"could not give {path} to the user '{user}': {outcome.Tail}");
        }
    }

    private static async Task<bool> CanReachAsync(string root, string user, CancellationToken cancellationToken) =>
        (await ServerProcess.RunAsync("test", ["-x", Path.GetDirectoryName(root) ?? "/"], user, cancellationToken).ConfigureAwait(false)).Succeeded;
}
