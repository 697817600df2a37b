namespace Headroom.Agent.Workloads.Discovery;

/// <summary>What kind of thing a workload is.</summary>
internal enum WorkloadType
{
    /// <summary>A container of any runtime.</summary>
    Container,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,

    /// <summary>A systemd service or scope.</summary>
    Unit,

    /// <summary>A cgroup that the settings name.</summary>
    Cgroup,

    /// <summary>Processes that the settings name, or a busy program.</summary>
    ProcessGroup,
}

/// <summary>Who a workload is.</summary>
/// <param name="Type">What kind of thing it is.</param>
/// <param name="Key">Identity that lasts as long as the workload: container id, cgroup path, name of the machine.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Attributes">What else is known, by OpenTelemetry attribute names where they exist.</param>
/// <param name="CgroupPath">Path below the root of the hierarchies, <c>/system.slice/nginx.service</c>; null for a group of processes.</param>
internal sealed record WorkloadIdentity(
    WorkloadType Type,
    string Key,
    string Name,
    IReadOnlyDictionary<string, string> Attributes,
    string? CgroupPath)
{
    public const string TypeAttribute = "workload.type";
    public const string PathAttribute = "cgroup.path";
    public const string ContainerIdAttribute = "container.id";
    public const string RuntimeAttribute = "container.runtime";
    public const string PodUidAttribute = "k8s.pod.uid";

    /// <summary>Whether it may hold a system of its own, whose units are then no workloads of this host.</summary>
    public bool IsEnclosing => Type is WorkloadType.Container or WorkloadType.VirtualMachine;

    /// <summary>The word by which a type is known outside.</summary>
    public static string Word(WorkloadType type) => type switch
    {
        WorkloadType.Container => "container",
        WorkloadType.VirtualMachine => "vm",
        WorkloadType.Unit => "unit",
        WorkloadType.Cgroup => "cgroup",
        _ => "process-group",
    };

    /// <summary>An identity found by the path of a cgroup, with the attributes every one of them has.</summary>
    public static WorkloadIdentity OfCgroup(WorkloadType type, string key, string name, string path, params (string Name, string Value)[] attributes)
    {
        var all = new Dictionary<string, string> { [TypeAttribute] = Word(type), [PathAttribute] = path };
        foreach (var (attribute, value) in attributes)
        {
            all[attribute] = value;
        }

        return new WorkloadIdentity(type, key, name, all, path);
    }

    /// <summary>The same workload with more known about it.</summary>
    public WorkloadIdentity With(string name, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var all = new Dictionary<string, string>(Attributes);
        foreach (var (attribute, value) in attributes)
        {
            all[attribute] = value;
        }

        return this with { Name = name, Attributes = all };
    }
}
