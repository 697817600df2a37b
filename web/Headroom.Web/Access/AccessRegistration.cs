using Headroom.Storage.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>Who comes in, by what, and what they may do.</summary>
internal static class AccessRegistration
{
    private const string Chosen = "chosen", CookieName = "headroom";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PeopleOptions>().BindConfiguration(PeopleOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpContextAccessor();
        services.AddSchemes();
        services.AddOpenId(builder.Configuration);
        services.AddIdentity();
        services.AddPolicies();
        services.AddRateLimits();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddScoped<IClaimsTransformation, WhereFrom>();
        services.AddScoped<Entrance>();
        services.AddScoped<PageActions>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddHostedService<OpenDoorWarning>();
        services.AddAntiforgery(forms => (forms.Cookie.Name, forms.Cookie.SecurePolicy) = ($"{CookieName}-form", CookieSecurePolicy.SameAsRequest));
        services.AddDataProtection().SetApplicationName("Headroom");
        services.AddOptions<KeyManagementOptions>().Configure<IDbContextFactory<HeadroomDbContext>>((keys, contexts) => keys.XmlRepository = new DatabaseKeyRing(contexts));
    }

    /// <summary>Everything between routing and the endpoints. Refusals of callers who are known are in the audit log, so it comes before authorization.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<SameOrigin>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<AuditTrail>();
        app.UseAuthorization();
    }

    private static void AddSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, scheme => scheme.ForwardDefaultSelector = context =>
                ApiKeyScheme.IsCarriedBy(context.Request) ? ApiKeyScheme.Name
                : context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Access == AccessMode.Open ? OpenScheme.Name
                : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, OpenScheme>(OpenScheme.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
            })

            // Nobody gets this cookie, but a session that is turned away is signed out of it, too.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<PeopleOptions>>((cookie, people) => cookie.ExpireTimeSpan = people.Value.SessionLifetime);
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<PersonRow>().AddEntityFrameworkStores<HeadroomDbContext>().AddSignInManager<Door>();
        services.AddScoped<IUserClaimsPrincipalFactory<PersonRow>, PersonPrincipal>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<PeopleOptions>>((hasher, people) => hasher.IterationCount = people.Value.PasswordRounds);
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<PeopleOptions>>((stamp, people) => stamp.ValidationInterval = people.Value.RevalidateAfter);
        services.AddOptions<IdentityOptions>().Configure<IOptions<PeopleOptions>>((identity, people) =>
        {
            // Length is what counts; rules about kinds of characters only make passwords that are written down.
            identity.Password = new PasswordOptions
            {
                RequiredLength = people.Value.PasswordLength, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5,
            };
            identity.Lockout.MaxFailedAccessAttempts = people.Value.WrongPasswords;
            identity.Lockout.DefaultLockoutTimeSpan = people.Value.LockoutTime;
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
        });
    }
}
