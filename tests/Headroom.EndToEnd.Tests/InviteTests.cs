using System.Diagnostics;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>The commands that make the link of the first administrator, and of everybody later.</summary>
public sealed class InviteTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Link = "/join#";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => new() { ["ConnectionStrings__Headroom"] = database.ConnectionString };

    [Fact]
    public async Task The_command_makes_administrators_while_there_are_none_and_the_role_that_is_asked_for()
    {
        Assert.Equal(("ada@example.org", PersonRole.Administrator), await TakeAsync(await CliProgram.RunAsync(Environment, "invite", "ada@example.org")));
        Assert.Equal(("bob@example.org", PersonRole.Viewer), await TakeAsync(await CliProgram.RunAsync(Environment, "invite", "bob@example.org", "--role", "viewer")));
    }

    [Fact]
    public async Task A_deployed_server_makes_a_link_to_the_address_that_people_use()
    {
        var start = new ProcessStartInfo(Programs.File("Headroom.Web", "Headroom.Web"), ["--invite", "eve@example.org", "--role", "operator", "--Headroom:PublicAddress", "https://headroom.example"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Headroom"] = database.ConnectionString;
        using var web = Process.Start(start)!;
        var output = await web.StandardOutput.ReadToEndAsync(Cancellation);
        await web.WaitForExitAsync(Cancellation);
        Assert.Equal(0, web.ExitCode);
        Assert.Contains($"https://headroom.example{Link}", output, StringComparison.Ordinal);
        Assert.Equal(("eve@example.org", PersonRole.Operator), await TakeAsync(output));
    }

    private async Task<(string Address, PersonRole Role)> TakeAsync(string output)
    {
        var token = output[(output.IndexOf(Link, StringComparison.Ordinal) + Link.Length)..].Trim();
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        await using var context = database.CreateContext();
        var taken = await services.GetRequiredService<Invitations>().TakeAsync(context, token, Cancellation);
        Assert.NotNull(taken);
        return (taken.Address, taken.Role);
    }
}
