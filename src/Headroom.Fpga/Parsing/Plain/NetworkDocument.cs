using System.Text.Json;
using System.Text.Json.Serialization;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Plain;

/// <summary>A network that was already read, as JSON: <c>{"headroomNetwork": {"name", "layers": […]}}</c>. Carries a network of any format to a job.</summary>
public sealed class NetworkDocument : INetworkFormat
{
    private const string Key = "headroomNetwork";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <inheritdoc />
    string INetworkFormat.Name => "Headroom network document";

    public static JsonElement Write(Network network) => JsonSerializer.SerializeToElement(new Dictionary<string, Network> { [Key] = network }, Options);

    bool INetworkFormat.Accepts(ModelFileContent file) => file.Json?.Get(Key) is not null;

    ParsedNetwork INetworkFormat.Read(ModelFileContent file, NetworkLimits limits)
    {
        var stated = file.Json!.Value.GetProperty(Key).Deserialize<Network>(Options);
        if (stated is not { Name: { } name, Layers: { } layers })
        {
            throw new NetworkFormatException($"{Key}: expected name and layers.");
        }

        var builder = new NetworkBuilder(name, limits);
        foreach (var layer in layers)
        {
            builder.Adopt(layer ?? throw new NetworkFormatException($"{Key}: expected layers, got null."));
        }

        return new ParsedNetwork(builder.Build(), ((INetworkFormat)this).Name);
    }
}
