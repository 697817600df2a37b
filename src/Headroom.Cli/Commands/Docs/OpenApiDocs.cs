using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Client;

namespace Headroom.Cli.Commands.Docs;

/// <summary><c>docs openapi</c>: starts a server of its own and writes the description of the API that it gives.</summary>
internal static class OpenApiDocs
{
    private const string Path = "docs/openapi/v1.json";

    // Words in it hold quotation marks and arrows; a file for people need not escape them as HTML would.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = $"File to write (default {Path}, from the current folder).", DefaultValueFactory = _ => Path };
        var command = new Command("openapi", "Write the OpenAPI description of the REST API.") { output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
            using var client = HeadroomClient.Connect(platform.Address);
            var document = await client.Calls.GetAsync<JsonObject>("/openapi/v1.json", cancellationToken);
            var file = System.IO.Path.GetFullPath(parsed.GetValue(output)!);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, document.ToJsonString(Readable) + "\n", cancellationToken);
            Console.Out.WriteLine(file);
            return 0;
        });
        return command;
    }
}
