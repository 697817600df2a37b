using System.Text.Json;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Jobs.Fpga;
using Microsoft.AspNetCore.Http.Features;

namespace Headroom.Web.Api.Fpga;

/// <summary>What a request brings: a model file or a description, a configuration, a board.</summary>
/// <param name="Configuration">YAML text; null when none was sent.</param>
internal sealed record ModelUpload(string Name, byte[] Model, string? Configuration, string? Board)
{
    private const int LargestConfiguration = 1 << 20;

    /// <summary>Reads a form (fields model, configuration, board) or a JSON body {network, configuration, board}.</summary>
    /// <exception cref="NetworkFormatException">Something is missing or too large.</exception>
    public static async Task<ModelUpload> ReadAsync(HttpRequest request, FpgaOptions options, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.UploadBytes;
        }

        return request.HasFormContentType
            ? await FromFormAsync(request, options, cancellationToken)
            : await FromJsonAsync(request, cancellationToken);
    }

    /// <summary>A sweep: JSON with the network inside, or a form with the file model and the lists as JSON in the field sweep.</summary>
    /// <exception cref="NetworkFormatException">Something is missing, of the wrong type, or too large.</exception>
    public static async Task<SweepRequest> ReadSweepAsync(HttpRequest request, FpgaOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (!request.HasFormContentType)
            {
                var asked = await JsonSerializer.DeserializeAsync<SweepRequest>(request.Body, JsonSerializerOptions.Web, cancellationToken);
                return asked is { Network.ValueKind: JsonValueKind.Object } ? asked : throw new NetworkFormatException("network: expected a network in any format that is JSON, got none.");
            }

            var upload = await ReadAsync(request, options, cancellationToken);
            var lists = JsonSerializer.Deserialize<SweepRequest>(Field(request.Form, "sweep") ?? "{}", JsonSerializerOptions.Web) ?? new SweepRequest();
            var network = NetworkFile.Read(upload.Name, upload.Model, new NetworkLimits { FileBytes = options.UploadBytes }).Network;
            return lists with { Network = NetworkDocument.Write(network), Configuration = upload.Configuration ?? lists.Configuration };
        }
        catch (JsonException malformed)
        {
            throw new NetworkFormatException($"The sweep: {malformed.Message}", malformed);
        }
    }

    private static async Task<ModelUpload> FromFormAsync(HttpRequest request, FpgaOptions options, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = options.UploadBytes }, cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new NetworkFormatException($"The form cannot be read: {broken.Message}", broken);
        }

        var model = form.Files.GetFile("model") ?? throw new NetworkFormatException("model: expected a file in the form field 'model', got none.");
        using var bytes = new MemoryStream();
        await model.CopyToAsync(bytes, cancellationToken);
        return new ModelUpload(model.FileName, bytes.ToArray(), await ConfigurationAsync(form, cancellationToken), Field(form, "board"));
    }

    private static string? Field(IFormCollection form, string name) => form.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    private static async Task<string?> ConfigurationAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (form.Files.GetFile("configuration") is not { } file)
        {
            return Field(form, "configuration");
        }

        if (file.Length > LargestConfiguration)
        {
            throw new NetworkFormatException($"configuration: {file.Length} bytes, at most {LargestConfiguration} are read.");
        }

        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static async Task<ModelUpload> FromJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("network", out var network))
            {
                throw new NetworkFormatException("network: expected a JSON object with 'network', or a form with the file 'model'.");
            }

            return new ModelUpload("network", JsonSerializer.SerializeToUtf8Bytes(network), Text(body.RootElement, "configuration"), Text(body.RootElement, "board"));
        }
        catch (JsonException malformed)
        {
            throw new NetworkFormatException($"The body: expected JSON: {malformed.Message}", malformed);
        }
    }

    /// <summary>A text, or an object as its JSON, which is YAML too.</summary>
    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;
}
