using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;

namespace Headroom.Web.Access;

/// <summary>
/// Signing in at an identity provider: code flow with PKCE. Who may do what is the provider's word at every sign-in. A person who is here by the same address
/// is taken to be the same only when the provider says that it has checked the address.
/// </summary>
internal static class OpenId
{
    /// <summary>Where the sign-in page sends a person.</summary>
    public const string Path = "/sign-in/openid";

    private const string Provider = "openid", ProblemQuery = "problem";

    public static void AddOpenId(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OpenIdOptions>().BindConfiguration(OpenIdOptions.SectionName)
            .Validate(options => !options.IsOn || !string.IsNullOrWhiteSpace(options.ClientId), $"{OpenIdOptions.SectionName}:ClientId: expected the name of this server at the provider, got none.")
            .ValidateOnStart();
        var settings = configuration.GetSection(OpenIdOptions.SectionName).Get<OpenIdOptions>() ?? new OpenIdOptions();
        if (!settings.IsOn)
        {
            return;
        }

        services.AddAuthentication().AddOpenIdConnect(Provider, openId =>
        {
            openId.SignInScheme = IdentityConstants.ApplicationScheme;
            openId.Authority = settings.Authority;
            openId.ClientId = settings.ClientId;
            openId.ClientSecret = settings.ClientSecret;
            openId.RequireHttpsMetadata = !settings.AllowHttp;
            openId.ResponseType = "code";

            // The answer comes as a GET: no page of another site ever posts to this server.
            openId.ResponseMode = "query";
            openId.CorrelationCookie.SameSite = openId.NonceCookie.SameSite = SameSiteMode.Lax;
            openId.CorrelationCookie.SecurePolicy = openId.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            openId.CallbackPath = $"{Path}/back";
            openId.MapInboundClaims = false;
            openId.Scope.Add("email");
            openId.Events.OnTokenValidated = context => TakeAsync(context, settings);
            openId.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect($"{Entrance.SignInPath}?{ProblemQuery}={Uri.EscapeDataString("Your organisation did not let you in.")}");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    public static void MapOpenId(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<OpenIdOptions>>().Value.IsOn)
        {
            app.MapGet(Path, (string? back) => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Entrance.Back(back), IsPersistent = true }, [Provider]))
                .ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static async Task TakeAsync(TokenValidatedContext context, OpenIdOptions settings)
    {
        var services = context.HttpContext.RequestServices;
        var person = await PersonAsync(services, context.Principal!, settings);
        if (person is null)
        {
            context.Fail("this account has no role here, is disabled, or has an address that the provider has not checked");
            return;
        }

        context.Principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<PersonRow>>().CreateAsync(person);
        await services.GetRequiredService<AuditLog>().WriteAsync(
            person.Email!, "SignIn", person.Email!, context.HttpContext.Connection.RemoteIpAddress?.ToString(), "done: by the identity provider", CancellationToken.None);
    }

    private static async Task<PersonRow?> PersonAsync(IServiceProvider services, ClaimsPrincipal told, OpenIdOptions settings)
    {
        var people = services.GetRequiredService<UserManager<PersonRow>>();
        if (told.FindFirstValue("sub") is not { Length: > 0 } subject || RoleOf(told, settings) is not { } role)
        {
            return null;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var person = await people.FindByLoginAsync(Provider, subject) ?? await AddAsync(people, told, subject, role, now);
        if (person is not { DisabledAt: null })
        {
            return null;
        }

        if (person.Role != role)
        {
            person.Role = role;
            await people.UpdateSecurityStampAsync(person);
        }

        person.SignedInAt = now;
        await people.UpdateAsync(person);
        return person;
    }

    private static async Task<PersonRow?> AddAsync(UserManager<PersonRow> people, ClaimsPrincipal told, string subject, PersonRole role, DateTimeOffset now)
    {
        if (told.FindFirstValue("email") is not { } address || !MailAddress.IsValid(address) || !bool.TryParse(told.FindFirstValue("email_verified"), out var verified) || !verified)
        {
            return null;
        }

        var person = await people.FindByEmailAsync(address);
        if (person is null)
        {
            person = new PersonRow { Id = Guid.CreateVersion7(now), UserName = address, Email = address, EmailConfirmed = true, Role = role, CreatedAt = now };
            if (!(await people.CreateAsync(person)).Succeeded)
            {
                return null;
            }
        }

        return (await people.AddLoginAsync(person, new UserLoginInfo(Provider, subject, null))).Succeeded ? person : null;
    }

    private static PersonRole? RoleOf(ClaimsPrincipal told, OpenIdOptions settings)
    {
        var values = told.FindAll(settings.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return values.Contains(settings.AdministratorValue) ? PersonRole.Administrator
            : values.Contains(settings.OperatorValue) ? PersonRole.Operator
            : values.Contains(settings.ViewerValue) ? PersonRole.Viewer
            : null;
    }
}
