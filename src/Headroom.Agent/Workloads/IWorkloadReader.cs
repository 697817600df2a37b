using Headroom.Agent.Collecting;

namespace Headroom.Agent.Workloads;

/// <summary>Reads some metrics of one workload. Holds its files open while the workload lives.</summary>
internal interface IWorkloadReader : IDisposable
{
    /// <summary>Sets what can be read; what cannot stays missing. Never throws because the workload has gone.</summary>
    void Read(Entity entity);
}
