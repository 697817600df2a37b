using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Headroom.Architecture.Tests.Deployment;

/// <summary>Documents of a YAML file, with anchors and merges followed as the programs that read them do.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlMappingNode> Read(string path)
    {
        var parser = new MergingParser(new Parser(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, path)))));
        var stream = new YamlStream();
        stream.Load(parser);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    /// <summary>The node at a path of keys, or null.</summary>
    public static YamlNode? At(this YamlNode? node, params string[] keys)
    {
        foreach (var key in keys)
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null;
        }

        return node;
    }

    public static string Text(this YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => (node as YamlSequenceNode)?.Children ?? [];

    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode? node) =>
        (node as YamlMappingNode)?.Children.Select(pair => (pair.Key.Text(), pair.Value)) ?? [];
}
