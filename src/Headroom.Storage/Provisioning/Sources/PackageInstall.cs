namespace Headroom.Storage.Provisioning.Sources;

/// <summary>Installs Debian's or Ubuntu's package, then goes on as with installed programs.</summary>
internal sealed class PackageInstall : IPostgresSource
{
    private const string AptGet = "/usr/bin/apt-get";

    public string Name => "package";

    public async Task<PostgresEndpoint?> TryOpenAsync(PostgresSettings settings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!settings.AllowPackageInstall || !File.Exists(AptGet) || Environment.UserName != "root")
        {
            progress.Report("installing the package 'postgresql' is not allowed, or this is not root on Debian or Ubuntu");
            return null;
        }

        progress.Report("installing the package 'postgresql' with apt-get");
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        var update = await ServerProcess.RunAsync(AptGet, ["update", "-q"], asUser: null, cancellationToken, environment).ConfigureAwait(false);
        var install = await ServerProcess.RunAsync(AptGet, ["install", "-y", "-q", "--no-install-recommends", "postgresql"], asUser: null, cancellationToken, environment).ConfigureAwait(false);
        if (!install.Succeeded || ServerBinaries.FindAll().Count == 0)
        {
            progress.Report($"apt-get did not install it: {(install.Succeeded ? update.Tail : install.Tail)}");
            return null;
        }

        return await InstalledBinaries.OpenAsync(settings, Name, progress, binaries: null, cancellationToken).ConfigureAwait(false);
    }
}
