using System.Text.Json;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>Podman and CRI-O: the list of containers of their common store, <c>/var/lib/containers/storage/overlay-containers/containers.json</c>.</summary>
internal sealed class StorageNames(KernelFiles files) : IContainerNames
{
    private const string Path = "/var/lib/containers/storage/overlay-containers/containers.json";

    public ContainerName? Find(string containerId, string? podUid)
    {
        using var document = JsonText.Read(files, Path);
        if (document?.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var container in document.RootElement.EnumerateArray())
        {
            if (JsonText.Text(container, "id") == containerId && FirstName(container) is { } name)
            {
                var attributes = new Dictionary<string, string> { ["container.name"] = name };
                if (Image(container) is { } image)
                {
                    attributes["container.image.name"] = image;
                }

                return new ContainerName(name, attributes);
            }
        }

        return null;
    }

    private static string? FirstName(JsonElement container) =>
        container.TryGetProperty("names", out var names) && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0
            ? names[0].GetString()
            : null;

    /// <summary>The image's name is inside <c>metadata</c>, a JSON text within the JSON.</summary>
    private static string? Image(JsonElement container)
    {
        try
        {
            if (JsonText.Text(container, "metadata") is not { } text)
            {
                return null;
            }

            using var metadata = JsonDocument.Parse(text);
            return JsonText.Text(metadata.RootElement, "image-name");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
