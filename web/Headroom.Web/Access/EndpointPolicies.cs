using Microsoft.AspNetCore.Authorization;

namespace Headroom.Web.Access;

/// <summary>An endpoint that changes something; every call of it is written into the audit log under this name.</summary>
internal sealed record Change(string Action);

/// <summary>An endpoint that is asked by POST because the question is long, but changes nothing.</summary>
internal sealed record Question;

/// <summary>What the endpoints of the API ask of a caller, unless they say otherwise: a viewer to read, an operator to change.</summary>
internal static class EndpointPolicies
{
    /// <summary>A group whose endpoints have a policy and, where they change something, an entry in the audit log.</summary>
    public static IEndpointRouteBuilder MapGuarded(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(Guard);
        return group;
    }

    /// <summary>Says that an endpoint changes nothing, though it is not a GET.</summary>
    public static RouteHandlerBuilder AsQuestion(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new Question());

    private static void Guard(EndpointBuilder endpoint)
    {
        var reads = endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { } methods && methods.HttpMethods.All(Http.IsReading);
        var changes = !reads && !endpoint.Metadata.OfType<Question>().Any();
        if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(changes ? Policies.Operator : Policies.Viewer));
        }

        if (changes)
        {
            endpoint.Metadata.Add(new Change(endpoint.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName ?? endpoint.DisplayName ?? "?"));
        }
    }
}
