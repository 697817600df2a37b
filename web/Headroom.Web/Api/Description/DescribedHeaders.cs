using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Headroom.Web.Api.Description;

/// <summary>Describes the headers that come with <see cref="VersionedAttribute"/>, <see cref="IfMatchAttribute"/> and <see cref="IdempotentAttribute"/>.</summary>
internal sealed class DescribedHeaders(IOptions<ApiOptions> options) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<VersionedAttribute>().FirstOrDefault() is { } versioned)
        {
            operation.Responses ??= [];
            if (!versioned.OfDecisions)
            {
                Add(operation, "If-None-Match", "ETag of an answer that the caller has; 304 comes while it is still the present one.");
                operation.Responses["304"] = new OpenApiResponse { Description = "What the caller has is the present answer." };
            }

            if (operation.Responses.TryGetValue("200", out var answer) && answer is OpenApiResponse ok)
            {
                ok.Headers ??= new Dictionary<string, IOpenApiHeader>();
                ok.Headers["ETag"] = new OpenApiHeader { Description = versioned.OfDecisions ? "Names what people decided of it; what changes by itself is left out." : "Names this answer: the same tag, the same bytes.", Schema = Text() };
            }
        }

        if (metadata.OfType<IfMatchAttribute>().FirstOrDefault() is { } ifMatch)
        {
            Add(operation, "If-Match", $"ETag of GET {ifMatch.Read} that the caller saw; 412 comes when it is another by now. Left out, the change is made whatever is there.");
        }

        if (metadata.OfType<IdempotentAttribute>().Any())
        {
            var limits = options.Value;
            Add(
                operation,
                IdempotentWrites.Header,
                $"Names this request, {limits.ShortestIdempotencyKey} to {limits.LongestIdempotencyKey} visible ASCII characters, for example a UUID. Sent again within {limits.IdempotencyLifetime.TotalHours:0} hours, nothing is made twice: the first answer comes again, with {IdempotentWrites.ReplayedHeader}: true.");
        }

        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, string words)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = words, Schema = Text() });
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
