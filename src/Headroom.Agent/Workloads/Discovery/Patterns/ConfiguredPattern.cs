using System.Text.RegularExpressions;

namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Cgroups that the settings name by an expression over the whole path.</summary>
internal sealed class ConfiguredPattern(string name, string expression) : ICgroupPattern
{
    private readonly Regex _expression = WorkloadExpression.Create(expression);

    public string Name => name;

    public WorkloadIdentity? Match(CgroupPath path)
    {
        if (WorkloadExpression.Find(_expression, path.Text) is not { } match)
        {
            return null;
        }

        var own = match.Groups["name"] is { Success: true, Length: > 0 } part ? $"{name}-{part.Value}" : name;
        return WorkloadIdentity.OfCgroup(WorkloadType.Cgroup, path.Text, own, path.Text);
    }
}
