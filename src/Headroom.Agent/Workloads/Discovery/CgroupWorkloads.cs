using Headroom.Agent.Workloads.Discovery.Patterns;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>
/// Which cgroups are workloads. A container or machine is one unless it holds another (Kubernetes in Docker). A unit is one unless
/// it holds another workload (a user's manager holds that user's programs) or runs inside a container, whose part it then is.
/// So no CPU second is counted for two workloads.
/// </summary>
internal sealed class CgroupWorkloads(IReadOnlyList<ICgroupPattern> patterns)
{
    private Dictionary<string, WorkloadIdentity?> _known = [];

    /// <summary>The workloads among cgroups.</summary>
    /// <param name="paths">All cgroups of the host.</param>
    public IReadOnlyList<WorkloadIdentity> Choose(IReadOnlyCollection<string> paths)
    {
        var known = new Dictionary<string, WorkloadIdentity?>(paths.Count);
        foreach (var path in paths)
        {
            known[path] = _known.TryGetValue(path, out var identity) ? identity : Match(path);
        }

        _known = known;
        var holding = new HashSet<string>();
        var holdingEnclosing = new HashSet<string>();
        var enclosed = new HashSet<string>();
        foreach (var (path, identity) in known)
        {
            if (identity is not null)
            {
                MarkAncestors(path, identity, known, holding, holdingEnclosing, enclosed);
            }
        }

        return known.Values.OfType<WorkloadIdentity>()
            .Where(identity => identity.IsEnclosing
                ? !holdingEnclosing.Contains(identity.CgroupPath!)
                : !holding.Contains(identity.CgroupPath!) && !enclosed.Contains(identity.CgroupPath!))
            .ToList();
    }

    private static void MarkAncestors(
        string path,
        WorkloadIdentity identity,
        Dictionary<string, WorkloadIdentity?> known,
        HashSet<string> holding,
        HashSet<string> holdingEnclosing,
        HashSet<string> enclosed)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            var ancestor = path[..end];
            if (known.GetValueOrDefault(ancestor) is not { } holder)
            {
                continue;
            }

            holding.Add(ancestor);
            if (identity.IsEnclosing)
            {
                holdingEnclosing.Add(ancestor);
            }

            if (holder.IsEnclosing)
            {
                enclosed.Add(path);
            }
        }
    }

    private WorkloadIdentity? Match(string path)
    {
        var parsed = new CgroupPath(path);
        foreach (var pattern in patterns)
        {
            if (pattern.Match(parsed) is { } identity)
            {
                return identity;
            }
        }

        return null;
    }
}
