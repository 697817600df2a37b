using System.Globalization;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Headroom.Web.Api.Description;

/// <summary>Describes the problems that an operation may answer: those it names with <see cref="RefusesAttribute"/> and those that its parts bring along.</summary>
internal sealed class DescribedProblems : IOpenApiOperationTransformer
{
    private const string ContentType = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var names = NamesOf(operation, context.Description.ActionDescriptor.EndpointMetadata, Http.IsReading(context.Description.HttpMethod ?? "")).Distinct();
        var schema = await SchemaAsync(context, cancellationToken);
        operation.Responses ??= [];
        foreach (var status in names.Select(ProblemTypes.Named).GroupBy(type => type.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n", status.Select(type => $"- `{type.Uri}`: {type.Meaning}")),
                Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = schema } },
            };
        }
    }

    private static IEnumerable<string> NamesOf(OpenApiOperation operation, IList<object> metadata, bool isReading)
    {
        if (operation.Parameters is { Count: > 0 } || operation.RequestBody is not null)
        {
            yield return ProblemTypes.BadRequest;
        }

        if (metadata.OfType<IAuthorizeData>().Any())
        {
            yield return "not-signed-in";
            yield return "not-allowed";
            yield return "too-many-requests";
        }

        if (!isReading)
        {
            yield return "cross-origin";
        }

        if (operation.RequestBody is not null)
        {
            yield return "body-too-large";
            yield return "unsupported-media-type";
        }

        if (metadata.OfType<IfMatchAttribute>().Any())
        {
            yield return "changed-meanwhile";
        }

        if (metadata.OfType<IdempotentAttribute>().Any())
        {
            yield return "invalid-idempotency-key";
            yield return "idempotency-key-reused";
            yield return "idempotent-request-running";
        }

        foreach (var name in metadata.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Types))
        {
            yield return name;
        }

        yield return ProblemTypes.InternalError;
    }

    private static async Task<IOpenApiSchema> SchemaAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(nameof(ProblemDetails)) is not true)
        {
            document.AddComponent(nameof(ProblemDetails), await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), cancellationToken: cancellationToken));
        }

        return new OpenApiSchemaReference(nameof(ProblemDetails), document);
    }
}
