using System.Diagnostics;

namespace Headroom.Architecture.Tests.Deployment;

public sealed class AgentPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-deb-").FullName;

    [Fact]
    public async Task The_package_holds_program_unit_settings_and_scripts()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-deb"), "dpkg-deb is not on this machine");
        var program = Path.Combine(_folder, "headroom-agent");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho agent\n", TestContext.Current.CancellationToken);
        var package = (await RunAsync(Path.Combine(Repository.Root, "src/Headroom.Agent/Packaging/make-deb.sh"), program, "1.2.3", _folder)).Trim();

        var files = await RunAsync("dpkg-deb", "--contents", package);
        foreach (var expected in new[] { "./usr/bin/headroom-agent", "./lib/systemd/system/headroom-agent.service", "./etc/headroom/agent.json", "./usr/share/doc/headroom-agent/agent.md" })
        {
            Assert.Contains(expected, files, StringComparison.Ordinal);
        }

        Assert.Equal("headroom-agent 1.2.3", (await RunAsync("dpkg-deb", "--show", "--showformat=${Package} ${Version}", package)).Trim());
        await RunAsync("dpkg-deb", "--control", package, Path.Combine(_folder, "control"));
        foreach (var script in new[] { "postinst", "prerm", "postrm" })
        {
            await RunAsync("sh", "-n", Path.Combine(_folder, "control", script));
        }
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_understands()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not on this machine");

        // The program it starts is not installed here: a copy of the unit starts one that is.
        var unit = Path.Combine(_folder, "headroom-agent.service");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Headroom.Agent/Packaging/headroom-agent.service"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(unit, text.Replace("/usr/bin/headroom-agent run", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var said = await RunAsync("systemd-analyze", "verify", "--man=no", unit);
        Assert.DoesNotContain("headroom-agent.service", said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {said}");
        return said;
    }
}
