using System.Text;
using System.Text.Json.Nodes;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Jobs.Fpga;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>The shipped FPGA model under another name: another version, whose file differs and whose answers carry another id.</summary>
internal static class RenamedFpgaModel
{
    private const string Name = "renamed";

    /// <summary>Puts it into the registry and returns the id that its answers carry.</summary>
    public static async Task<string> RegisterAsync(JobsClient jobs, CancellationToken cancellationToken) => (await RegisterAsync(jobs, null, cancellationToken)).CardId;

    /// <summary>Puts it into the registry as the version that some work made.</summary>
    public static async Task<ModelVersionRow> RegisterAsync(JobsClient jobs, WorkFence? fence, CancellationToken cancellationToken)
    {
        // Eight bytes of magic, the length of the card, the card, the parameters.
        var shipped = ShippedModel.Bytes();
        var (start, length) = (12, BitConverter.ToInt32(shipped, 8));
        var card = JsonNode.Parse(shipped.AsSpan(start, length))!;
        card["id"] = Name;
        var text = Encoding.UTF8.GetBytes(card.ToJsonString());
        byte[] file = [.. shipped[..8], .. BitConverter.GetBytes(text.Length), .. text, .. shipped[(start + length)..]];
        var version = FpgaModel.Kind.Describe(FpgaModel.Kind.Read(file), file, "test") with { Key = Name };
        return await jobs.Services.GetRequiredService<ModelRegistry>().RegisterAsync(version, fence, cancellationToken);
    }
}
