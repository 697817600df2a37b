using Headroom.Storage.Model;
using Microsoft.AspNetCore.Authorization;

namespace Headroom.Web.Access;

/// <summary>Names of the policies: what an endpoint or a page asks of whoever comes.</summary>
internal static class Policies
{
    /// <summary>Reading.</summary>
    public const string Viewer = "viewer";

    /// <summary>Changing what the platform does.</summary>
    public const string Operator = "operator";

    /// <summary>Deciding who may do what: people, keys, schedules, forced promotion.</summary>
    public const string Administrator = "administrator";

    public static void AddPolicies(this IServiceCollection services) => services
        .AddSingleton<IAuthorizationHandler, RoleHandler>()
        .AddAuthorizationBuilder()
        .AddPolicy(Viewer, Of(PersonRole.Viewer))
        .AddPolicy(Operator, Of(PersonRole.Operator))
        .AddPolicy(Administrator, Of(PersonRole.Administrator))

        // What nobody thought of is for administrators.
        .SetFallbackPolicy(Of(PersonRole.Administrator))
        .SetDefaultPolicy(Of(PersonRole.Administrator));

    private static AuthorizationPolicy Of(PersonRole least) => new AuthorizationPolicyBuilder().AddRequirements(new RoleRequirement(least)).Build();
}

/// <summary>At least this role.</summary>
internal sealed record RoleRequirement(PersonRole Least) : IAuthorizationRequirement;

/// <summary>Lets in whoever has the role or a higher one.</summary>
internal sealed class RoleHandler : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.User.Role() >= requirement.Least)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
