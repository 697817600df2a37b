using System.Reflection;
using System.Xml.Linq;

namespace Headroom.Cli.Commands.Docs;

/// <summary>The summaries of an assembly's comments, as one line of Markdown each.</summary>
internal sealed class CodeComments
{
    private readonly Dictionary<string, string> _summaries;

    private CodeComments(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <param name="file">The XML file that the compiler writes beside an assembly.</param>
    public static CodeComments Read(string file) => new(XDocument.Load(file).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Line(member.Element("summary")!)));

    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{Name(type)}", "");

    public string Of(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{Name(property.DeclaringType!)}.{property.Name}", "");

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Line(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? "").Split('.', ':')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };
}
