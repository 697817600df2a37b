using System.Text.Json.Serialization;
using Headroom.Web.Access;
using Headroom.Web.Api;
using Headroom.Web.Api.Description;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Versions;
using Headroom.Web.Shell;
using MudBlazor.Services;

namespace Headroom.Web;

/// <summary>Puts the web process together; the program and the tests start the same object.</summary>
public static class WebHost
{
    /// <summary>Where secrets are looked for when <c>Headroom:SecretsFolder</c> does not name another place.</summary>
    private const string DefaultSecretsFolder = "/run/secrets";

    /// <summary>Builds the host from command line arguments, environment and <c>appsettings.json</c>.</summary>
    /// <param name="args">Arguments as <c>--Key:Name=value</c>.</param>
    /// <param name="configure">Last word on services and configuration, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();

        // Secrets are files named as settings are, ConnectionStrings__Headroom for example: never in an environment that others can read.
        builder.Configuration.AddKeyPerFile(builder.Configuration["Headroom:SecretsFolder"] ?? DefaultSecretsFolder, optional: true);

        AddPlatform(builder.Services);
        builder.AddAccess();
        FeatureTable.AddServices(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        UsePipeline(app);
        MapEndpoints(app);
        return app;
    }

    private static void AddPlatform(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddProblems();
        services.AddHealthChecks();
        services.AddApiDescription();
        services.AddSingleton<EntityTag>();

        services.ConfigureHttpJsonOptions(json =>
        {
            // A name says what it means and survives a new member; a number does neither. A number is a number, not a text that looks like one.
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.Converters.Add(new UnicodeElement());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<ContentSecurityPolicy>();
        app.UseStatusCodePagesForApi();
        app.UseWhen(context => !Problems.IsApi(context.Request.Path), branch => branch.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting();
        app.UseAccess();
        app.UseAntiforgery();
        app.UseMiddleware<ConditionalReads>();
        app.UseMiddleware<IdempotentWrites>();
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapApiDescription();
        FeatureTable.MapEndpoints(app);
        if (app.Configuration.Roles().HasFlag(ProgramRoles.Web))
        {
            app.MapOpenId();
            app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.Viewer);
        }
    }
}
