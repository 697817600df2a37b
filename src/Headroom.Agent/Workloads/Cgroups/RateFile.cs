using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Counters of a file of "key value" lines, each turned into one rate.</summary>
internal sealed class RateFile(KernelFile file, params (string Key, int Metric, double Scale)[] rates) : IWorkloadReader
{
    private readonly KeyedValues _values = new(file, [.. rates.Select(rate => rate.Key)]);

    public void Read(Entity entity)
    {
        if (!_values.Read())
        {
            return;
        }

        for (var i = 0; i < rates.Length; i++)
        {
            if (_values.TryGet(i, out var value))
            {
                entity.SetRate(rates[i].Metric, value, rates[i].Scale);
            }
        }
    }

    public void Dispose() => _values.Dispose();
}
