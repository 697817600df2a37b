using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Web.Tests.Access;

/// <summary>Joining, signing in, keys and what is written down about it, on the real server.</summary>
public sealed class PeopleTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_lets_one_person_in_once()
    {
        var invitation = await InviteAsync(PersonRole.Operator);
        using var person = server.Browser();
        using var joined = await person.JoinAsync(invitation.Token, GuardedServer.Password);
        Assert.Equal("/fleet", joined.Headers.Location!.AbsolutePath());
        Assert.True(await person.IsInAsync());

        using var second = server.Browser();
        using var again = await second.JoinAsync(invitation.Token, GuardedServer.Password);
        Assert.Contains("This invitation does not work", await again.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(await second.IsInAsync());
    }

    [Fact]
    public async Task Two_people_with_one_link_at_the_same_time_make_one_account()
    {
        var invitation = await InviteAsync(PersonRole.Viewer);
        var browsers = Enumerable.Range(0, 8).Select(_ => server.Browser()).ToArray();
        await Task.WhenAll(browsers.Select(browser => browser.JoinAsync(invitation.Token, GuardedServer.Password)));
        var inside = await Task.WhenAll(browsers.Select(browser => browser.IsInAsync()));
        Assert.Single(inside, isIn => isIn);
    }

    [Fact]
    public async Task An_invitation_that_was_taken_back_or_has_expired_lets_nobody_in()
    {
        var invitations = server.Services.GetRequiredService<Invitations>();
        var revoked = await InviteAsync(PersonRole.Viewer);
        await invitations.RevokeAsync(revoked.Id, Cancellation);
        var expired = await invitations.CreateAsync("late@example.org", PersonRole.Viewer, "a test", TimeSpan.FromTicks(1), Cancellation);
        foreach (var token in new[] { revoked.Token, expired.Token, "nonsense", "" })
        {
            using var browser = server.Browser();
            await browser.JoinAsync(token, GuardedServer.Password);
            Assert.False(await browser.IsInAsync());
        }
    }

    [Fact]
    public async Task A_password_that_is_too_short_leaves_the_invitation_good()
    {
        var invitation = await InviteAsync(PersonRole.Viewer);
        using var person = server.Browser();
        using var refused = await person.JoinAsync(invitation.Token, "short");
        Assert.Contains("at least 12 characters", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await person.JoinAsync(invitation.Token, GuardedServer.Password);
        Assert.True(await person.IsInAsync());
    }

    [Fact]
    public async Task An_invitation_of_somebody_who_is_here_sets_a_new_password_and_ends_a_lockout()
    {
        var person = await server.PersonAsync(PersonRole.Operator);
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var guesser = server.Browser();
            await guesser.SignInAsync(person.Email!, "not the password");
        }

        using var locked = server.Browser();
        using var refused = await locked.SignInAsync(person.Email!, GuardedServer.Password);
        Assert.Contains("Too many wrong passwords", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        var invitation = await server.Services.GetRequiredService<Invitations>().CreateAsync(person.Email!, PersonRole.Viewer, "a test", TimeSpan.FromHours(1), Cancellation);
        using var browser = server.Browser();
        await browser.JoinAsync(invitation.Token, "another horse battery staple");
        Assert.True(await browser.IsInAsync());
        using var next = server.Browser();
        await next.SignInAsync(person.Email!, "another horse battery staple");
        Assert.True(await next.IsInAsync());
        Assert.Equal(PersonRole.Operator, (await server.Services.GetRequiredService<PeopleRegister>().ListAsync(Cancellation)).Single(listed => listed.Id == person.Id).Role);
    }

    [Fact]
    public async Task Unknown_addresses_and_wrong_passwords_get_the_same_answer()
    {
        var person = await server.PersonAsync(PersonRole.Viewer);
        using var browser = server.Browser();
        using var wrong = await browser.SignInAsync(person.Email!, "not the password");
        using var unknown = await browser.SignInAsync("nobody@example.org", "not the password");
        const string Said = "This address and password do not belong together.";
        Assert.Contains(Said, await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(Said, await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(await browser.IsInAsync());
    }

    [Theory]
    [InlineData("/capacity?host=1", "/capacity")]
    [InlineData("//evil.example", "/fleet")]
    [InlineData("/\\evil.example", "/fleet")]
    [InlineData("https://evil.example/fleet", "/fleet")]
    public async Task After_signing_in_a_person_is_on_a_page_of_this_server(string back, string path)
    {
        using var browser = server.Browser();
        using var signedIn = await browser.FillAsync(
            $"/sign-in?back={Uri.EscapeDataString(back)}", "sign-in", ("Form.Address", (await server.PersonAsync(PersonRole.Viewer)).Email!), ("Form.Password", GuardedServer.Password));
        var location = signedIn.Headers.Location!;
        Assert.True(!location.IsAbsoluteUri || location.Host == server.Address.Host, location.ToString());
        Assert.Equal(path, location.AbsolutePath());
    }

    [Fact]
    public async Task A_session_ends_when_its_person_signs_out()
    {
        using var browser = server.Browser();
        await browser.SignInAsync((await server.PersonAsync(PersonRole.Viewer)).Email!, GuardedServer.Password);
        Assert.True(await browser.IsInAsync());
        await browser.FillAsync("/account", "sign-out");
        Assert.False(await browser.IsInAsync());
    }

    [Fact]
    public async Task Sessions_elsewhere_and_those_of_somebody_disabled_end_within_the_set_time()
    {
        var another = await server.StartAnotherAsync("--Headroom:People:RevalidateAfter=00:00:01");
        var person = await server.PersonAsync(PersonRole.Viewer);
        await server.PersonAsync(PersonRole.Administrator);
        using var here = new FormBrowser(another);
        using var elsewhere = new FormBrowser(another);
        await here.SignInAsync(person.Email!, GuardedServer.Password);
        await elsewhere.SignInAsync(person.Email!, GuardedServer.Password);
        await here.FillAsync("/account", "password", ("Password.Present", GuardedServer.Password), ("Password.Next", "yet another long password"), ("Password.Again", "yet another long password"));
        await UntilOutAsync(elsewhere);
        Assert.True(await here.IsInAsync());
        await server.Services.GetRequiredService<PeopleRegister>().SetDisabledAsync(person.Id, true, Cancellation);
        await UntilOutAsync(here);
        await here.SignInAsync(person.Email!, "yet another long password");
        Assert.False(await here.IsInAsync());
    }

    [Fact]
    public async Task A_key_does_no_more_than_its_scope_and_its_owners_role()
    {
        var person = await server.PersonAsync(PersonRole.Administrator);
        await server.PersonAsync(PersonRole.Administrator);
        using var reading = server.Program((await server.KeyAsync(person, KeyScope.Read)).Key);
        using var all = server.Program((await server.KeyAsync(person, KeyScope.Administer)).Key);
        Assert.Equal("viewer", await RoleAsync(reading));
        Assert.Equal("administrator", await RoleAsync(all));
        await server.Services.GetRequiredService<PeopleRegister>().SetRoleAsync(person.Id, PersonRole.Operator, Cancellation);
        Assert.Equal("operator", await RoleAsync(all));
        Assert.Equal("viewer", await RoleAsync(reading));
    }

    [Fact]
    public async Task A_key_is_made_used_listed_without_its_secret_and_revoked_by_its_owner_alone()
    {
        using var owner = server.Program((await server.KeyAsync(await server.PersonAsync(PersonRole.Administrator), KeyScope.Administer)).Key);
        using var made = await owner.PostAsJsonAsync("/api/v1/account/api-keys", new { name = "nightly", scope = "read", days = 3 }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var (id, key) = (answer.GetProperty("id").GetGuid(), answer.GetProperty("key").GetString()!);
        Assert.StartsWith("hr_", key, StringComparison.Ordinal);
        using var program = server.Program(key);
        Assert.Equal("viewer", await RoleAsync(program));

        var listed = await owner.GetStringAsync("/api/v1/account/api-keys", Cancellation);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);
        var entry = JsonSerializer.Deserialize<JsonElement>(listed).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == id);
        Assert.Equal(JsonValueKind.String, entry.GetProperty("usedAt").ValueKind);

        using var stranger = await server.ProgramAsync(PersonRole.Viewer);
        using var foreign = await stranger.PostAsync($"/api/v1/account/api-keys/{id}/revoke", null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal("viewer", await RoleAsync(program));
        using var revoked = await owner.PostAsync($"/api/v1/account/api-keys/{id}/revoke", null, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var refused = await program.GetAsync("/api/v1/account", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData(null, "read", 1)]
    [InlineData("x", "everything", 1)]
    [InlineData("x", "3", 1)]
    [InlineData("x", "read", 0)]
    [InlineData("x", "read", 366)]
    public async Task A_key_that_is_asked_for_wrongly_is_refused_with_what_was_expected(string? name, string scope, int days)
    {
        using var owner = server.Program((await server.KeyAsync(await server.PersonAsync(PersonRole.Administrator), KeyScope.Administer)).Key);
        using var answer = await owner.PostAsJsonAsync("/api/v1/account/api-keys", new { name, scope, days }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("expected", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_key_makes_no_other_keys()
    {
        using var program = server.Program((await server.KeyAsync(await server.PersonAsync(PersonRole.Administrator), KeyScope.Operate)).Key);
        using var answer = await program.PostAsJsonAsync("/api/v1/account/api-keys", new { name = "another", scope = "read" }, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_can_neither_be_disabled_nor_demoted()
    {
        var people = server.Services.GetRequiredService<PeopleRegister>();
        var last = await server.PersonAsync(PersonRole.Administrator);
        foreach (var other in (await people.ListAsync(Cancellation)).Where(person => person.Role == PersonRole.Administrator && person.DisabledAt is null && person.Id != last.Id))
        {
            Assert.Equal(PersonChange.Done, await people.SetDisabledAsync(other.Id, true, Cancellation));
        }

        using var program = server.Program((await server.KeyAsync(last, KeyScope.Administer)).Key);
        using var disabled = await program.PostAsync($"/api/v1/people/{last.Id}/disable", null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, disabled.StatusCode);
        using var demoted = await program.PutAsJsonAsync($"/api/v1/people/{last.Id}/role", new { role = "viewer" }, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, demoted.StatusCode);
        Assert.Equal("administrator", await RoleAsync(program));
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_who_what_where_and_how_it_ended_and_no_question_is()
    {
        var person = await server.PersonAsync(PersonRole.Operator);
        using var program = server.Program((await server.KeyAsync(person, KeyScope.Operate)).Key);
        var job = Guid.NewGuid();
        using var missing = await program.PostAsync($"/api/v1/jobs/{job}/cancel", null, Cancellation);
        using var forbidden = await program.PostAsJsonAsync("/api/v1/invitations", new { address = "x@example.org", role = "viewer" }, Cancellation);
        using var board = await program.PutAsJsonAsync("/api/v1/fpga/boards/mine", new { part = "p", lut = 1, flipFlop = 1, dsp = 1, blockRam18 = 1, source = "a test" }, Cancellation);
        using var question = await program.PostAsJsonAsync("/api/v1/placements/check", new { layers = 1, window = 1, residentEvery = 1 }, Cancellation);

        var entries = (await server.Services.GetRequiredService<AuditLog>().ListAsync(null, person.Email, 100, Cancellation)).Select(entry => (entry.Action, entry.Subject, entry.Outcome, entry.FromAddress));
        Assert.Equal(
            [
                ("SaveFpgaBoard", "/api/v1/fpga/boards/mine", "done", "127.0.0.1"),
                ("Invite", "/api/v1/invitations", "refused (403)", "127.0.0.1"),
                ("CancelJob", $"/api/v1/jobs/{job}/cancel", "refused (404)", "127.0.0.1"),
            ],
            entries);
        Assert.NotEqual(HttpStatusCode.Forbidden, question.StatusCode);
    }

    [Fact]
    public async Task Passwords_keys_and_invitations_never_stand_in_the_log_whatever_its_level()
    {
        using var administrator = await server.ProgramAsync(PersonRole.Administrator);
        using var invited = await administrator.PostAsJsonAsync("/api/v1/invitations", new { address = "quiet@example.org", role = "administrator" }, Cancellation);
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("link").GetString()!;
        var token = new Uri(link).Fragment[1..];
        const string First = "the first secret password", Second = "the second secret password", Wrong = "a wrong secret password";
        using var browser = server.Browser();
        await browser.JoinAsync(token, First);
        await browser.FillAsync("/account", "password", ("Password.Present", First), ("Password.Next", Second), ("Password.Again", Second));
        using var page = await browser.FillAsync("/account", "key", ("Key.Name", "quiet"), ("Key.Scope", "administer"), ("Key.Days", "1"));
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var key = html[html.IndexOf("hr_", html.IndexOf("New key", StringComparison.Ordinal), StringComparison.Ordinal)..][..46];
        await browser.FillAsync("/account", "sign-out");
        await browser.SignInAsync("quiet@example.org", Wrong);
        await browser.SignInAsync(Wrong, Wrong);
        await browser.SignInAsync("quiet@example.org", Second);
        Assert.True(await browser.IsInAsync());
        using var program = server.Program(key);
        Assert.Equal("administrator", await RoleAsync(program));
        var stranger = "hr_" + new string('q', 43);
        using var refused = await server.Program(stranger).GetAsync("/api/v1/hosts", Cancellation);

        var log = string.Join('\n', server.Log.Lines);
        Assert.Contains("/api/v1/invitations", log, StringComparison.Ordinal);
        foreach (var secret in new[] { token, First, Second, Wrong, key, stranger })
        {
            var spoken = server.Log.Lines.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal) || line.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal) || line.Contains(WebUtility.UrlEncode(secret), StringComparison.Ordinal));
            Assert.True(spoken is null, $"a secret stands in the log: {spoken}");
        }

        var audit = string.Join('\n', (await server.Services.GetRequiredService<AuditLog>().ListAsync(null, null, 1_000, Cancellation)).Select(entry => $"{entry.Actor} {entry.Subject} {entry.Outcome}"));
        Assert.DoesNotContain(Wrong, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(token, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_can_neither_change_anything_nor_open_a_circuit()
    {
        var key = (await server.KeyAsync(await server.PersonAsync(PersonRole.Administrator), KeyScope.Administer)).Key;
        foreach (var (name, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
        {
            using var program = server.Program(key);
            program.DefaultRequestHeaders.Add(name, value);
            using var answer = await program.PostAsync($"/api/v1/jobs/{Guid.NewGuid()}/cancel", null, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("urn:headroom:cross-origin", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        var circuit = new UriBuilder(server.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;
        using var foreign = Socket(key, "https://evil.example");
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(circuit, Cancellation));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
        using var own = Socket(key, server.Address.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(circuit, Cancellation);
        Assert.Equal(WebSocketState.Open, own.State);
        using var stranger = Socket(null, server.Address.GetLeftPart(UriPartial.Authority));
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(circuit, Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.HttpStatusCode);
    }

    [Fact]
    public async Task An_open_server_refuses_other_sites_and_wrong_keys_and_calls_everybody_anyone()
    {
        var open = await server.StartAnotherAsync("--Headroom:Access=Open");
        using var program = GuardedServer.Program(open);
        var account = await program.GetFromJsonAsync<JsonElement>("/api/v1/account", Cancellation);
        Assert.Equal(("anyone", "administrator"), (account.GetProperty("who").GetString(), account.GetProperty("role").GetString()));
        using var wrong = GuardedServer.Program(open, "hr_" + new string('x', 43));
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync("/api/v1/hosts", Cancellation)).StatusCode);
        program.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsync($"/api/v1/jobs/{Guid.NewGuid()}/cancel", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_too_much_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        var narrow = await server.StartAnotherAsync("--Headroom:RateLimit:Requests=3", "--Headroom:RateLimit:RequestsPerAddress=2", "--Headroom:RateLimit:SignInsPerAddress=1", "--Headroom:RateLimit:Window=01:00:00");
        var person = await server.PersonAsync(PersonRole.Viewer);
        using var busy = GuardedServer.Program(narrow, (await server.KeyAsync(person, KeyScope.Read)).Key);
        using var calm = GuardedServer.Program(narrow, (await server.KeyAsync(person, KeyScope.Read)).Key);
        using var stranger = GuardedServer.Program(narrow);
        await AnswersAsync(busy, [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        await AnswersAsync(calm, [HttpStatusCode.OK]);
        await AnswersAsync(stranger, [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);

        using var refused = await busy.GetAsync("/api/v1/account", Cancellation);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        Assert.Equal("urn:headroom:too-many-requests", (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("type").GetString());

        using var guesser = new FormBrowser(narrow);
        using var first = await guesser.SignInAsync(person.Email!, "a guess");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await guesser.SignInAsync(person.Email!, "another guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_that_says_what_was_expected()
    {
        using var nobody = await server.Program().GetAsync("/api/v1/hosts", Cancellation);
        Assert.Equal("urn:headroom:not-signed-in", await TypeAsync(nobody));
        using var viewer = await server.ProgramAsync(PersonRole.Viewer);
        using var refused = await viewer.GetAsync("/api/v1/people", Cancellation);
        Assert.Equal("urn:headroom:not-allowed", await TypeAsync(refused));
        using var invitation = await (await server.ProgramAsync(PersonRole.Administrator)).PostAsJsonAsync("/api/v1/invitations", new { address = "no address", role = "king" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, invitation.StatusCode);
    }

    private Task<NewInvitation> InviteAsync(PersonRole role) =>
        server.Services.GetRequiredService<Invitations>().CreateAsync($"{Guid.NewGuid():N}@example.org", role, "a test", TimeSpan.FromHours(1), Cancellation);

    private static ClientWebSocket Socket(string? key, string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        if (key is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        }

        return socket;
    }

    private static async Task AnswersAsync(HttpClient client, HttpStatusCode[] expected)
    {
        foreach (var status in expected)
        {
            using var answer = await client.GetAsync("/api/v1/account", Cancellation);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static async Task UntilOutAsync(FormBrowser browser)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (await browser.IsInAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    private static async Task<string?> RoleAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/api/v1/account", Cancellation)).GetProperty("role").GetString();

    private static async Task<string?> TypeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("type").GetString();
}

internal static class Locations
{
    /// <summary>The path of an address that may be relative.</summary>
    public static string AbsolutePath(this Uri address) => address.IsAbsoluteUri ? address.AbsolutePath : address.ToString().Split('?')[0];
}
