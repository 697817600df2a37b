using System.Buffers;

namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>The path of a cgroup below the root of its hierarchy, cut into its segments.</summary>
internal sealed class CgroupPath(string path)
{
    private const string ScopeSuffix = ".scope";
    private const int ContainerIdLength = 64;

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The whole path, from the slash of the root.</summary>
    public string Text => path;

    /// <summary>The names between the slashes; never empty.</summary>
    public string[] Segments { get; } = path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last name.</summary>
    public string Leaf => Segments[^1];

    /// <summary>The name before the last, or the empty word.</summary>
    public string Parent => Segments.Length > 1 ? Segments[^2] : "";

    /// <summary>The container id of a leaf of the form <c>PREFIX-ID.scope</c> or <c>PREFIX-ID</c>, or null.</summary>
    public string? ContainerIdAfter(string prefix)
    {
        var name = Leaf.EndsWith(ScopeSuffix, StringComparison.Ordinal) ? Leaf[..^ScopeSuffix.Length] : Leaf;
        return name.Length == prefix.Length + 1 + ContainerIdLength && name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '-'
            && IsContainerId(name.AsSpan(prefix.Length + 1))
                ? name[(prefix.Length + 1)..]
                : null;
    }

    /// <summary>The leaf when it is nothing but a container id, or null.</summary>
    public string? BareContainerId => IsContainerId(Leaf) ? Leaf : null;

    /// <summary>Whether a text is an id as every runtime makes them: 64 small hexadecimal digits.</summary>
    public static bool IsContainerId(ReadOnlySpan<char> text) =>
        text.Length == ContainerIdLength && text.IndexOfAnyExcept(HexadecimalDigits) < 0;
}
