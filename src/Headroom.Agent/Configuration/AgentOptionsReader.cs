using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Headroom.Agent.Configuration;

/// <summary>
/// Reads the settings: the file, over it the environment, over that the command line. All three name the same keys, so a new
/// setting is one property and nothing else.
/// </summary>
internal static class AgentOptionsReader
{
    private const string EnvironmentPrefix = "HEADROOM_AGENT_";

    /// <param name="file">File named on the command line, or null for the default file, which may be absent.</param>
    /// <param name="environment">Environment variables, as <see cref="Environment.GetEnvironmentVariables()"/> gives them.</param>
    /// <param name="settings"><c>key=value</c> pairs of the command line, for example <c>spool.maxBytes=1000000</c>.</param>
    /// <exception cref="FormatException">A setting is unknown, of the wrong type or out of range; the message names the key and its origin.</exception>
    /// <exception cref="FileNotFoundException">The named file is not there.</exception>
    public static AgentOptions Read(string? file, IDictionary environment, IEnumerable<string> settings)
    {
        var tree = ReadFile(file);
        foreach (var (name, value) in Variables(environment))
        {
            var path = name[EnvironmentPrefix.Length..].Split("__").Select(part => part.Replace("_", "", StringComparison.Ordinal));
            Set(tree, path, value, name);
        }

        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            if (parts.Length != 2)
            {
                throw new FormatException($"--set {setting}: expected key=value");
            }

            Set(tree, parts[0].Split('.'), parts[1], $"--set {parts[0]}");
        }

        return Checked(tree, file ?? AgentOptions.DefaultPath);
    }

    private static JsonObject ReadFile(string? file)
    {
        if (file is null && !File.Exists(AgentOptions.DefaultPath))
        {
            return [];
        }

        var path = file ?? AgentOptions.DefaultPath;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"the configuration file {path} is not there", path);
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: options) as JsonObject
                ?? throw new FormatException($"{path}: expected a JSON object");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"{path}: {malformed.Message}", malformed);
        }
    }

    private static IEnumerable<(string Name, string Value)> Variables(IDictionary environment) => environment
        .Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
        .Where(entry => entry.Name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
        .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static void Set(JsonObject tree, IEnumerable<string> path, string value, string origin)
    {
        JsonTypeInfo type = AgentJson.Default.AgentOptions;
        var node = tree;
        var keys = path.ToList();
        for (var depth = 0; depth < keys.Count; depth++)
        {
            var property = type.Properties.FirstOrDefault(candidate => string.Equals(candidate.Name, keys[depth], StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"{origin}: there is no setting '{keys[depth]}'; expected one of {string.Join(", ", type.Properties.Select(candidate => candidate.Name))}");
            if (depth == keys.Count - 1)
            {
                node[property.Name] = Node(property.PropertyType, value, origin);
                return;
            }

            type = AgentJson.Default.GetTypeInfo(property.PropertyType)
                ?? throw new FormatException($"{origin}: '{property.Name}' has no settings of its own");
            node = node[property.Name] as JsonObject ?? AddObject(node, property.Name);
        }
    }

    private static JsonObject AddObject(JsonObject parent, string name)
    {
        var child = new JsonObject();
        parent[name] = child;
        return child;
    }

    private static JsonNode? Node(Type type, string value, string origin)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (wanted == typeof(string) || wanted.IsEnum)
        {
            return JsonValue.Create(value);
        }

        if (wanted == typeof(IReadOnlyList<string>) && !value.StartsWith('['))
        {
            return new JsonArray([.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => JsonValue.Create(item))]);
        }

        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{origin}: expected {wanted.Name}, got '{value}'"));
        }
    }

    private static AgentOptions Checked(JsonObject tree, string path)
    {
        AgentOptions options;
        try
        {
            options = tree.Deserialize(AgentJson.Default.AgentOptions)!;
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"settings ({path}, environment, command line): {malformed.Message}", malformed);
        }

        var mistakes = options.Mistakes().ToList();
        return mistakes.Count == 0 ? options : throw new FormatException(string.Join(Environment.NewLine, mistakes));
    }
}
