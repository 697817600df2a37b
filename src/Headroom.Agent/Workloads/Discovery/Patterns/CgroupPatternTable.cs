namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Every pattern of the agent, one line each; the first that matches wins.</summary>
internal static class CgroupPatternTable
{
    private static readonly ICgroupPattern[] BuiltIn =
    [
        new KubernetesPattern(),
        new DockerPattern(),
        new PodmanPattern(),
        new CrioPattern(),
        new ContainerdPattern(),
        new LxcPattern(),
        new LibvirtPattern(),
        new ProxmoxPattern(),
        new NspawnPattern(),
        new SystemdPattern(),
    ];

    /// <summary>The patterns in force: those of the settings, then the built-in ones that are not switched off.</summary>
    /// <exception cref="ArgumentException">The settings switch off a pattern that does not exist.</exception>
    public static IReadOnlyList<ICgroupPattern> Create(WorkloadOptions options)
    {
        var unknown = options.DisabledPatterns.Except(BuiltIn.Select(pattern => pattern.Name)).ToList();
        return unknown.Count == 0
            ? [.. options.Cgroups.Select(entry => new ConfiguredPattern(entry.Key, entry.Value)), .. BuiltIn.Where(pattern => !options.DisabledPatterns.Contains(pattern.Name))]
            : throw new ArgumentException(
                $"workloads.disabledPatterns: there is no pattern '{string.Join("', '", unknown)}'; the patterns are {string.Join(", ", BuiltIn.Select(pattern => pattern.Name))}");
    }
}
