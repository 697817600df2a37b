using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>An operation of the API's description.</summary>
/// <param name="Path">For example <c>/api/v1/hosts/{id}</c>.</param>
/// <param name="Method">Upper case.</param>
internal sealed record ApiOperation(string Path, string Method, JsonElement Element)
{
    public string? Id => Element.TryGetProperty("operationId", out var id) ? id.GetString() : null;

    public bool Answers(string method, string path) =>
        Method == method && Regex.IsMatch(path, $"^{Regex.Replace(Path, @"\{[^}]+\}", "[^/]+")}/?$");

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The description of the API: as it is checked in, or as a server gives it.</summary>
internal sealed record ApiDocument(JsonElement Json)
{
    public static string FileName { get; } = Path.Combine("docs", "openapi", "v1.json");

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. Json.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => operation.Name is "get" or "post" or "put" or "delete" or "patch")
            .Select(operation => new ApiOperation(path.Name, operation.Name.ToUpperInvariant(), operation.Value))),
    ];

    public static ApiDocument CheckedIn() => new(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Checkout(), FileName))).RootElement);


    /// <summary>The checkout that the tests run from.</summary>
    public static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        Assert.SkipWhen(folder is null, "the tests do not run from a checkout");
        return folder!.FullName;
    }
}
