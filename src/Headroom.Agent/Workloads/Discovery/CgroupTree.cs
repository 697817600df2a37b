using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>All cgroups of the host, by their path below the root, the same in every hierarchy that has them.</summary>
internal sealed class CgroupTree(IFileSystem system, CgroupMounts mounts, int limit)
{
    /// <summary>Deeper than any manager nests: Kubernetes in Docker in a slice makes nine.</summary>
    private const int DeepestLevel = 14;

    private readonly List<string> _names = [];

    /// <summary>Whether the last walk met more cgroups than the limit and left the rest out.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The paths of all cgroups but the root, in order, parents before children.</summary>
    public SortedSet<string> Walk()
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        IsTruncated = false;
        foreach (var root in mounts.Trees)
        {
            var open = new Queue<(string Path, int Level)>([("", 0)]);
            while (open.TryDequeue(out var folder))
            {
                _names.Clear();
                system.ListFolders(root + folder.Path, _names);
                foreach (var name in _names)
                {
                    var path = $"{folder.Path}/{name}";
                    if (paths.Count >= limit && !paths.Contains(path))
                    {
                        IsTruncated = true;
                        break;
                    }

                    paths.Add(path);
                    if (folder.Level < DeepestLevel)
                    {
                        open.Enqueue((path, folder.Level + 1));
                    }
                }
            }
        }

        return paths;
    }
}
