using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Headroom.Storage.Provisioning;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The one command, as a person types it: the real agent, server and private database of this machine.</summary>
public sealed class UpTests(BrowserSession browser) : IDisposable
{
    private readonly string _data = NewFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Up_shows_this_host_live_stops_on_ctrl_c_and_goes_on_with_the_same_data()
    {
        SkipWithoutPostgres();
        using (var first = UpProgram.Start(_data))
        {
            await first.WaitUntilLiveAsync();
            await first.InterruptAsync();
            Assert.Equal(0, first.ExitCode);
            Assert.Contains(first.Output, line => line.Contains("enrolled with a single-use token", StringComparison.Ordinal));
            Assert.Contains("Stopped.", first.Output);
        }

        using var second = UpProgram.Start(_data);
        await second.WaitUntilLiveAsync();
        await second.InterruptAsync();
        Assert.Equal(0, second.ExitCode);
        Assert.Contains(second.Output, line => line.Contains("enrolled before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Up_that_asks_for_names_prints_the_link_of_the_first_administrator_and_lets_nobody_else_in()
    {
        SkipWithoutPostgres();
        using var up = UpProgram.Start(_data, null, "--access", "SignIn");
        var address = await up.WaitUntilLiveAsync();
        var link = await Patience.UntilAsync("the link", () => Task.FromResult(up.Output.FirstOrDefault(line => line.StartsWith(new Uri(address, "/join#").ToString(), StringComparison.Ordinal))));
        Assert.Equal(link, up.Output.Last(line => line.Length > 0));
        using var client = new HttpClient();
        using var refused = await client.GetAsync(new Uri(address, "/api/v1/hosts"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        await using var visit = await Visit.OpenAsync(browser, ColorScheme.Light);
        await visit.Page.GotoAsync(link);
        await visit.Page.GetByLabel("Password, at least").FillAsync("a password long enough");
        await visit.Page.GetByLabel("The same again").FillAsync("a password long enough");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "People" }).WaitForAsync();
        await up.InterruptAsync();

        using var next = UpProgram.Start(_data);
        using var stillRefused = await client.GetAsync(new Uri(await next.WaitUntilLiveAsync(), "/api/v1/hosts"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, stillRefused.StatusCode);
        await next.InterruptAsync();
    }

    [Fact]
    public async Task A_person_sees_a_new_point_pauses_changes_the_range_and_gets_the_same_view_after_a_reload()
    {
        SkipWithoutPostgres();
        await using var visit = await Visit.OpenAsync(browser, ColorScheme.Light);
        using var up = UpProgram.Start(_data);
        var address = await up.WaitUntilLiveAsync();
        var person = new LiveViewer(visit.Page);
        await person.OpenHostAsync(address);
        await person.SeeAPointYoungerThanAsync(TimeSpan.FromSeconds(3));
        await Pictures.SaveAsync(visit.Page, "up-live");
        await person.PauseAsync();
        await person.ChooseAsync("5m");
        await person.ReloadAndFindTheSameViewAsync();
        await Pictures.SaveAsync(visit.Page, "up-paused");
        Assert.Equal([], visit.Errors);
        await up.InterruptAsync();
        Assert.Equal(0, up.ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_up_with_a_sentence_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var up = UpProgram.Start(_data, ((IPEndPoint)taken.LocalEndpoint).Port);
        await up.WaitForEndAsync();
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(up.Output, line => line.Contains("is taken by another program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_disk_ends_up_with_a_sentence_and_exit_code_1()
    {
        await using var disk = await SmallDisk.MountAsync(_data, mebibytes: 16);
        using var up = UpProgram.Start(_data);
        await up.WaitForEndAsync();
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(up.Output, line => line.Contains("MiB free; Headroom needs at least", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_ends_by_itself_ends_up_with_a_sentence_and_exit_code_1()
    {
        SkipWithoutPostgres();
        using var up = UpProgram.Start(_data);
        await up.WaitUntilLiveAsync();
        await EndDatabaseAsync();
        await up.WaitForEndAsync();
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(up.Output, line => line.Contains("PostgreSQL ended by itself", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_folder_that_is_half_made_ends_up_with_a_sentence_and_exit_code_1()
    {
        SkipWithoutPostgres();
        var data = Directory.CreateDirectory(Path.Combine(_data, "postgres", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "postgresql.conf"), "", TestContext.Current.CancellationToken);
        using var up = UpProgram.Start(_data);
        await up.WaitForEndAsync();
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(up.Output, line => line.Contains("is not a whole PostgreSQL cluster", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(data, "postgresql.conf")));
    }

    /// <summary>What a full disk does to it: it stops at once, without a word to its clients.</summary>
    private async Task EndDatabaseAsync()
    {
        var pidFile = Path.Combine(_data, "postgres", "data", "postmaster.pid");
        using var kill = Process.Start("kill", ["-QUIT", File.ReadLines(pidFile).First()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A folder that the user whom the database runs as may walk through, so that the cluster is not put elsewhere.</summary>
    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-up-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    private static void SkipWithoutPostgres() => Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL: install the package 'postgresql'");
}
