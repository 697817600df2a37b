using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace Headroom.Cli.Commands.Docs;

/// <summary>The page <c>docs/settings.md</c>: every setting of server and agent with its default, from the option classes and their comments.</summary>
internal static class SettingsPage
{
    public const string Path = "docs/settings.md";

    private const string AgentRoot = "Headroom.Agent.Configuration.AgentOptions";

    /// <param name="serverFolder">Folder of the built server, with the comments of each assembly beside it.</param>
    /// <param name="agentFolder">Folder of the agent's managed build.</param>
    public static string Render(string serverFolder, string agentFolder)
    {
        var page = new StringBuilder("""
            # Settings

            Written by `headroom docs settings` from the option classes. Do not edit.

            ## Server

            Set in `appsettings.json`, as environment variables (`Headroom__Ingestion__MaxBodyBytes`), as files of that name in the folder of secrets
            (`Headroom:SecretsFolder`, default `/run/secrets`), or as arguments (`--Headroom:Ingestion:MaxBodyBytes=...`). A value out of range stops the start with a sentence.
            `ConnectionStrings:Headroom` names the database and has no default.

            """);
        foreach (var (section, type, comments) in Sections(serverFolder).OrderBy(found => found.Section, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {section}\n\n{comments.Of(type)}\n\n| Setting | Default | Meaning |\n|---|---|---|\n");
            Rows(page, type, Activator.CreateInstance(type, nonPublic: true)!, comments, "", name => name, nestedIn: null);
        }

        var agent = Load(agentFolder, "headroom-agent");
        var options = agent.Assembly.GetType(AgentRoot) ?? throw new InvalidOperationException($"{agentFolder} holds no {AgentRoot}");
        page.Append("""

            ## Agent

            Set in `/etc/headroom/agent.json`, over it as environment variables (`HEADROOM_AGENT_INTERVAL_SECONDS`, sections parted by two underscores), over that with
            `--set key=value`.

            | Setting | Default | Meaning |
            |---|---|---|

            """);
        Rows(page, options, Activator.CreateInstance(options, nonPublic: true)!, agent.Comments, "", JsonName, nestedIn: "Headroom.Agent");
        return page.ToString();
    }

    private static IEnumerable<(string Section, Type Type, CodeComments Comments)> Sections(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "Headroom.*.dll").Order(StringComparer.Ordinal))
        {
            var (assembly, comments) = Load(folder, System.IO.Path.GetFileNameWithoutExtension(file));
            foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            {
                if (type.GetField("SectionName", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) is { IsLiteral: true } section)
                {
                    yield return ((string)section.GetRawConstantValue()!, type, comments);
                }
            }
        }
    }

    private static void Rows(StringBuilder page, Type type, object instance, CodeComments comments, string prefix, Func<string, string> rename, string? nestedIn)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is { IsPublic: true }))
        {
            var (name, value) = (prefix + rename(property.Name), property.GetValue(instance));
            if (nestedIn is not null && value is not null && property.PropertyType.Namespace?.StartsWith(nestedIn, StringComparison.Ordinal) == true && property.PropertyType.IsClass)
            {
                Rows(page, property.PropertyType, value, comments, name + ".", rename, nestedIn);
                continue;
            }

            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Default(value)} | {comments.Of(property)} |\n");
        }
    }

    private static (Assembly Assembly, CodeComments Comments) Load(string folder, string name)
    {
        var context = new AssemblyLoadContext($"docs of {name}", isCollectible: false);
        context.Resolving += (self, wanted) =>
            System.IO.Path.Combine(folder, wanted.Name + ".dll") is var path && File.Exists(path) ? self.LoadFromAssemblyPath(path) : null;
        var assembly = context.LoadFromAssemblyPath(System.IO.Path.Combine(folder, name + ".dll"));
        return (assembly, CodeComments.Read(System.IO.Path.Combine(folder, name + ".xml")));
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "none",
        string text => $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        IEnumerable list => list.Cast<object>().Any() ? $"`{string.Join(", ", list.Cast<object>())}`" : "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
