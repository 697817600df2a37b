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
        var comments = Comments(serverFolder);
        foreach (var (section, type) in Sections(serverFolder).OrderBy(found => found.Section, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {section}\n\n{comments(type.Assembly).Of(type)}\n\n| Setting | Default | Meaning |\n|---|---|---|\n");
            Rows(page, type, Activator.CreateInstance(type, nonPublic: true)!, comments, "", ":", name => name);
        }

        var options = Load(agentFolder, "headroom-agent").GetType(AgentRoot) ?? throw new InvalidOperationException($"{agentFolder} holds no {AgentRoot}");
        page.Append("""

            ## Agent

            Set in `/etc/headroom/agent.json`, over it as environment variables (`HEADROOM_AGENT_INTERVAL_SECONDS`, sections parted by two underscores), over that with
            `--set key=value`.

            | Setting | Default | Meaning |
            |---|---|---|

            """);
        Rows(page, options, Activator.CreateInstance(options, nonPublic: true)!, Comments(agentFolder), "", ".", JsonName);
        return page.ToString();
    }

    private static IEnumerable<(string Section, Type Type)> Sections(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "Headroom.*.dll").Order(StringComparer.Ordinal))
        {
            foreach (var type in Load(folder, System.IO.Path.GetFileNameWithoutExtension(file)).GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            {
                if (type.GetField("SectionName", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) is { IsLiteral: true } section)
                {
                    yield return ((string)section.GetRawConstantValue()!, type);
                }
            }
        }
    }

    /// <summary>A row per setting; options inside options are written as their own settings, whichever assembly they come from.</summary>
    private static void Rows(StringBuilder page, Type type, object instance, Func<Assembly, CodeComments> comments, string prefix, string separator, Func<string, string> rename)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is { IsPublic: true }))
        {
            var (name, value) = (prefix + rename(property.Name), property.GetValue(instance));
            if (value is not null and not IEnumerable && property.PropertyType.IsClass && property.PropertyType.Namespace?.StartsWith("Headroom.", StringComparison.Ordinal) == true)
            {
                Rows(page, property.PropertyType, value, comments, name + separator, separator, rename);
                continue;
            }

            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Default(value)} | {comments(property.DeclaringType!.Assembly).Of(property)} |\n");
        }
    }

    private static Func<Assembly, CodeComments> Comments(string folder)
    {
        var read = new Dictionary<string, CodeComments>();
        return assembly =>
        {
            var name = assembly.GetName().Name!;
            return read.TryGetValue(name, out var known) ? known : read[name] = CodeComments.Read(System.IO.Path.Combine(folder, name + ".xml"));
        };
    }

    private static Assembly Load(string folder, string name)
    {
        var context = new AssemblyLoadContext($"docs of {name}", isCollectible: false);
        context.Resolving += (self, wanted) =>
            System.IO.Path.Combine(folder, wanted.Name + ".dll") is var path && File.Exists(path) ? self.LoadFromAssemblyPath(path) : null;
        return context.LoadFromAssemblyPath(System.IO.Path.Combine(folder, name + ".dll"));
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
