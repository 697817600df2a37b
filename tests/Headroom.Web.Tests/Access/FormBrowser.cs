using System.Net;
using System.Text.RegularExpressions;

namespace Headroom.Web.Tests.Access;

/// <summary>Opens pages, fills their forms and keeps the cookies, as a browser without scripts does.</summary>
public sealed partial class FormBrowser : IDisposable
{
    private readonly HttpClient _client;

    public FormBrowser(Uri address, params IEnumerable<(string Name, string Value)> headers)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (var (name, value) in headers)
        {
            _client.DefaultRequestHeaders.Add(name, value);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whether this browser is let in.</summary>
    public async Task<bool> IsInAsync()
    {
        using var answer = await GetAsync("/fleet");
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, $"/fleet answered {(int)answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancellation);

    /// <summary>Fills one form of a page and sends it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="form">Name of the form.</param>
    /// <param name="fields">What a person types.</param>
    public async Task<HttpResponseMessage> FillAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        using var page = await GetAsync(path);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var token = WebUtility.HtmlDecode(Token().Match(html).Groups["value"].Value);
        Assert.True(token.Length > 0, $"{path} answered {(int)page.StatusCode} without a form:\n{html}");
        using var body = new FormUrlEncodedContent(
            [new("_handler", form), new("__RequestVerificationToken", token), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]);
        return await _client.PostAsync(new Uri(path, UriKind.Relative), body, Cancellation);
    }

    public Task<HttpResponseMessage> SignInAsync(string address, string password) => FillAsync("/sign-in", "sign-in", ("Form.Address", address), ("Form.Password", password));

    public Task<HttpResponseMessage> JoinAsync(string token, string password) => FillAsync("/join", "join", ("Form.Token", token), ("Form.Password", password), ("Form.Again", password));

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
