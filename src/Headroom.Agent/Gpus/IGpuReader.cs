using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>One group of calls.</summary>
internal interface IGpuReader
{
    void Read(GpuDevice device, CollectionContext context);
}
