using System.Text.Json;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>Reads JSON files that other programs own: whatever is missing or malformed is simply not known.</summary>
internal static class JsonText
{
    public static JsonDocument? Read(KernelFiles files, string path)
    {
        if (!files.TryReadOnce(path, out var content) || content.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(content.ToArray());
        }
        catch (JsonException)
        {
            // Half-written or of another version: the next look, or the next source, may tell.
            return null;
        }
    }

    /// <summary>A text below a chain of names, or null.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;
    }
}
