using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Web.Tests.Access;

/// <summary>Signing in at a provider that speaks OpenID Connect.</summary>
public sealed class IdentityProviderTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private static readonly string[] Administrator = ["everybody", "headroom-administrator"], Viewer = ["headroom-viewer"], Nothing = ["everybody"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_with_a_role_there_is_let_in_with_it_and_the_role_follows_the_provider()
    {
        await using var provider = await IdentityProvider.StartAsync(Cancellation);
        var address = await StartAsync(provider);
        provider.Claims = Says("eve", "eve@example.org", verified: true, Administrator);
        Assert.True(await SignInAsync(address));
        Assert.Equal(PersonRole.Administrator, await RoleOfAsync("eve@example.org"));
        provider.Claims = Says("eve", "eve@example.org", verified: true, Viewer);
        Assert.True(await SignInAsync(address));
        Assert.Equal(PersonRole.Viewer, await RoleOfAsync("eve@example.org"));
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_role_there_or_as_somebody_else_by_an_address_that_was_not_checked()
    {
        await using var provider = await IdentityProvider.StartAsync(Cancellation);
        var address = await StartAsync(provider);
        var here = await server.PersonAsync(PersonRole.Administrator);
        provider.Claims = Says("mallory", here.Email!, verified: false, Administrator);
        Assert.False(await SignInAsync(address));
        provider.Claims = Says("nobody", "nobody@example.org", verified: true, Nothing);
        Assert.False(await SignInAsync(address));
        provider.Claims = Says("known", here.Email!, verified: true, Viewer);
        Assert.True(await SignInAsync(address));
        Assert.Equal(PersonRole.Viewer, await RoleOfAsync(here.Email!));
        await server.Services.GetRequiredService<PeopleRegister>().SetDisabledAsync(here.Id, true, Cancellation);
        Assert.False(await SignInAsync(address));
    }

    private Task<Uri> StartAsync(IdentityProvider provider) => server.StartAnotherAsync(
        $"--Headroom:OpenId:Authority={provider.Address}", "--Headroom:OpenId:ClientId=headroom", "--Headroom:OpenId:ClientSecret=a secret of the test", "--Headroom:OpenId:AllowHttp=true");

    private async Task<PersonRole> RoleOfAsync(string address) =>
        (await server.Services.GetRequiredService<PeopleRegister>().ListAsync(Cancellation)).Single(person => person.Address == address).Role;

    private static Dictionary<string, object> Says(string subject, string address, bool verified, string[] roles) =>
        new() { ["sub"] = subject, ["email"] = address, ["email_verified"] = verified, ["roles"] = roles };

    /// <summary>Follows the button of the sign-in page to the provider and back; whether the person is in then.</summary>
    private static async Task<bool> SignInAsync(Uri address)
    {
        using var browser = new FormBrowser(address);
        var next = "/sign-in/openid?back=%2Ffleet";
        for (var step = 0; step < 4; step++)
        {
            using var answer = await browser.GetAsync(next);
            if (answer.Headers.Location is not { } location)
            {
                break;
            }

            next = location.ToString();
        }

        return await browser.IsInAsync();
    }
}
