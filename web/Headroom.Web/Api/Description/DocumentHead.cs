using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Headroom.Web.Api.Description;

/// <summary>What stands above the operations. No server is named: the document is the same wherever it is served.</summary>
internal sealed class DocumentHead : IOpenApiDocumentTransformer
{
    private const string About =
        """
        Everything that the pages show, and everything that people do there. JSON in camel case; times are ISO 8601 in answers and Unix milliseconds where a range is asked for; units are UCUM and stand beside the number.

        **Lists** come in parts: `limit` says how many, `next` of the answer is the `after` of the next part and null at the end. Where a list goes back in time, `before` is the time of the last item that came.

        **Problems** are RFC 9457 with a stable `type`; each operation names those it may answer.

        **Versions**: answers with an `ETag` are not sent again to who has them (`If-None-Match`), and changes are refused when somebody else was faster (`If-Match`).

        **Repeating**: what makes something takes an `Idempotency-Key`; the same request with the same key makes it once and gets the same answer.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Headroom", Version = ApiDescription.DocumentName, Description = About };
        document.Servers?.Clear();
        return Task.CompletedTask;
    }
}
