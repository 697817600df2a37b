namespace Headroom.Agent.Workloads.Discovery;

/// <summary>A workload as the last discovery saw it.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Cgroups">Paths of its cgroup and of all below it; empty for a group of processes.</param>
/// <param name="Pids">Its processes, for a group of processes; empty where cgroups tell them.</param>
/// <param name="UsedNanoseconds">CPU time used so far; by its growth workloads are ranked when there are too many.</param>
internal sealed record FoundWorkload(WorkloadIdentity Identity, IReadOnlyList<string> Cgroups, IReadOnlyList<int> Pids, ulong UsedNanoseconds);
