using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>A file with one number that is one metric. The word <c>max</c>, which stands for no limit, leaves it missing.</summary>
internal sealed class SingleValue(KernelFile file, int metric, double? rateScale = null) : IWorkloadReader
{
    public void Read(Entity entity)
    {
        if (!file.TryReadSigned(out var value) || value < 0)
        {
            return;
        }

        if (rateScale is { } scale)
        {
            entity.SetRate(metric, (ulong)value, scale);
        }
        else
        {
            entity.Set(metric, value);
        }
    }

    public void Dispose() => file.Dispose();
}
