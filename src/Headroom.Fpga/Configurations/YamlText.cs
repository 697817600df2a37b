using Headroom.Fpga.Parsing;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Headroom.Fpga.Configurations;

/// <summary>Reads YAML of strangers: bounded in length, depth and number of nodes before anything is built.</summary>
internal static class YamlText
{
    private const int MaximumLength = 1 << 20;
    private const int MaximumDepth = 16;
    private const int MaximumEvents = 200_000;

    /// <exception cref="NetworkFormatException">It is no YAML mapping, or passes a limit.</exception>
    public static YamlMappingNode Root(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new NetworkFormatException($"The configuration has {text.Length} characters, at most {MaximumLength} are read.");
        }

        try
        {
            Bound(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new NetworkFormatException("The configuration: expected a YAML mapping with HLSConfig or Model.");
        }
        catch (YamlException malformed)
        {
            throw new NetworkFormatException($"The configuration is no YAML: line {malformed.Start.Line}: {malformed.Message}", malformed);
        }
        catch (Exception malformed) when (malformed is not NetworkFormatException)
        {
            // A library reads the text of a stranger: its scanner throws InvalidOperationException, among others, on text that is no YAML.
            throw new NetworkFormatException($"The configuration is no YAML: {malformed.Message}", malformed);
        }
    }

    /// <summary>The text of a key; null when it is missing or no scalar.</summary>
    public static string? Text(this YamlMappingNode map, string key) => map.Node(key) is YamlScalarNode { Value: { } value } && value is not ("" or "null" or "None" or "~") ? value : null;

    public static YamlMappingNode? Map(this YamlMappingNode map, string key) => map.Node(key) as YamlMappingNode;

    public static IEnumerable<(string Name, YamlNode Value)> Entries(this YamlMappingNode? map) =>
        map?.Children.Select(entry => ((entry.Key as YamlScalarNode)?.Value ?? "", entry.Value)) ?? [];

    private static YamlNode? Node(this YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static void Bound(string text)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, events) = (0, 0);
        while (parser.MoveNext())
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (depth > MaximumDepth || ++events > MaximumEvents)
            {
                throw new NetworkFormatException($"The configuration is nested deeper than {MaximumDepth} or has more than {MaximumEvents} nodes.");
            }
        }
    }
}
