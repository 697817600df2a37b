using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>One process on one GPU, with the driver's samples of the running tick.</summary>
internal sealed class GpuProcess(Entity entity)
{
    private const uint HighestPercent = 100;

    private readonly double[] _sums = new double[4];
    private int _samples;

    public Entity Entity => entity;

    /// <summary>NaN when the driver does not know, as inside some containers.</summary>
    public double MemoryBytes { get; set; } = double.NaN;

    public long FirstTick { get; private set; } = -1;

    public long LastTick
    {
        get;
        set
        {
            FirstTick = FirstTick < 0 ? value : FirstTick;
            field = value;
        }
    }

    public string LastCall { get; set; } = "";

    /// <summary>Takes one of the driver's samples; shares above 100 % stand for "no value".</summary>
    public void Add(NvmlProcessUtilization sample)
    {
        _samples++;
        Add(0, sample.Sm);
        Add(1, sample.Memory);
        Add(2, sample.Encoder);
        Add(3, sample.Decoder);
    }

    /// <summary>Sets the mean of the samples taken since the last call; without any the process had no time on the GPU.</summary>
    /// <param name="isFirst">The process is new: without a sample nothing is known of it yet.</param>
    public void TakeShares(ReadOnlySpan<int> metrics, double scale, bool isFirst)
    {
        for (var i = 0; i < metrics.Length; i++)
        {
            if (_samples > 0 || !isFirst)
            {
                entity.Set(metrics[i], _samples == 0 ? 0 : _sums[i] / _samples * scale);
            }

            _sums[i] = 0;
        }

        _samples = 0;
    }

    private void Add(int share, uint percent) =>
        _sums[share] += DriverSentinel.IsSentinel(percent) || percent > HighestPercent ? double.NaN : percent;
}
