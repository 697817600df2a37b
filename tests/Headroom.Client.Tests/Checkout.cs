using System.Text.Json;

namespace Headroom.Client.Tests;

/// <summary>Files of the checkout that the tests run from.</summary>
internal static class Checkout
{
    /// <summary>The description of the API as it is checked in.</summary>
    public static JsonElement ApiDocument()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        Assert.SkipWhen(folder is null, "the tests do not run from a checkout");
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!.FullName, "docs", "openapi", "v1.json"))).RootElement;
    }
}
