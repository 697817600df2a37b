using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Headroom.Web.Api.Description;

/// <summary>Says what every parameter means, and how large a list may be asked for.</summary>
internal sealed class DescribedParameters(IOptions<ApiOptions> limits) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= ParameterWords.Find(context.Description.RelativePath, parameter.Name);
            if (parameter is { Name: "limit", Schema: OpenApiSchema schema })
            {
                schema.Minimum = "1";
                schema.Maximum = limits.Value.MaxPageSize.ToString(CultureInfo.InvariantCulture);
                schema.Default = limits.Value.DefaultPageSize;
            }
        }

        return Task.CompletedTask;
    }
}
