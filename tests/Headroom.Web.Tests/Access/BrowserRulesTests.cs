using System.Net;
using Headroom.Storage.Model;

namespace Headroom.Web.Tests.Access;

/// <summary>What a browser is told to keep from others.</summary>
public sealed class BrowserRulesTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = server.Browser();
        using var signedIn = await browser.SignInAsync((await server.PersonAsync(PersonRole.Viewer)).Email!, GuardedServer.Password);
        var session = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("headroom=", StringComparison.Ordinal));
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", session, StringComparison.OrdinalIgnoreCase);

        // Behind a proxy that says so, over TLS only.
        var secured = await server.StartAnotherAsync("--ForwardedHeaders_Enabled=true", "--Headroom:RateLimit:SignInsPerAddress=1000");
        using var over = new FormBrowser(secured, ("X-Forwarded-Proto", "https"));
        using var answer = await over.GetAsync("/sign-in");
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/fleet")]
    [InlineData("/api/v1/hosts")]
    [InlineData("/not/here")]
    public async Task Every_page_forbids_foreign_scripts_frames_and_guessing_of_types(string path)
    {
        using var browser = server.Browser();
        await browser.SignInAsync((await server.PersonAsync(PersonRole.Viewer)).Email!, GuardedServer.Password);
        using var answer = await browser.GetAsync(path);

        // A browser obeys every policy there is.
        var policy = string.Join('\n', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var person = await server.PersonAsync(PersonRole.Viewer);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        using var body = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Address", person.Email!), new("Form.Password", GuardedServer.Password)]);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), body, Cancellation);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.StartsWith("headroom=", StringComparison.Ordinal));
    }
}
