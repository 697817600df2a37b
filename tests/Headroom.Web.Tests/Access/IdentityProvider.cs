using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Convert64 = System.Buffers.Text.Base64Url;

namespace Headroom.Web.Tests.Access;

/// <summary>An identity provider that says of everybody what the test has it say: discovery, keys, code flow with PKCE.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = [];
    private readonly WebApplication _host;

    private IdentityProvider(WebApplication host) => _host = host;

    /// <summary>What the next token says beside issuer, audience, nonce and times.</summary>
    public Dictionary<string, object> Claims { get; set; } = [];

    public string Address => _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<IdentityProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var provider = new IdentityProvider(builder.Build());
        provider.Map();
        await provider._host.StartAsync(cancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
    }

    private void Map()
    {
        _host.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address, ["authorization_endpoint"] = $"{Address}/authorize", ["token_endpoint"] = $"{Address}/token", ["jwks_uri"] = $"{Address}/keys",
            ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _host.MapGet("/keys", () =>
        {
            var parameters = _key.ExportParameters(false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "1", n = Convert64.EncodeToString(parameters.Modulus!), e = Convert64.EncodeToString(parameters.Exponent!) } } });
        });
        _host.MapGet("/authorize", (HttpRequest request) =>
        {
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (request.Query["nonce"]!, request.Query["code_challenge"]!);
            return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
        });
        _host.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var (nonce, challenge) = _codes[form["code"]!];
            var verifier = Convert64.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)));
            return verifier == challenge && form["client_secret"] == "a secret of the test"
                ? Results.Json(new { access_token = "unused", token_type = "Bearer", expires_in = 60, id_token = Token(nonce) })
                : Results.BadRequest(new { error = "invalid_grant" });
        });
    }

    private string Token(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Claims) { ["iss"] = Address, ["aud"] = "headroom", ["nonce"] = nonce, ["iat"] = now, ["exp"] = now + 300 };
        var text = $"{Part(new { alg = "RS256", typ = "JWT", kid = "1" })}.{Part(claims)}";
        return $"{text}.{Convert64.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Part(object value) => Convert64.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }
}
