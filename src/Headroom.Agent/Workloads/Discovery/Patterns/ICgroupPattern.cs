namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Knows the cgroups that one manager makes by their paths.</summary>
internal interface ICgroupPattern
{
    /// <summary>Name by which the settings switch it off.</summary>
    string Name { get; }

    /// <summary>The workload a cgroup stands for, or null when this manager did not make it or it holds no workload.</summary>
    WorkloadIdentity? Match(CgroupPath path);
}
