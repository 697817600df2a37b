using Headroom.Interference.GpuPairs;
using Headroom.Interference.Serving;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>The model of GPU pairs, if somebody has trained one here; a file that is trained anew is taken without a restart.</summary>
public sealed class GpuPairModel(IOptions<InterferenceOptions> options) : IAsyncDisposable
{
    private readonly Lock _reading = new();
    private GpuPairPredictor? _current;
    private DateTime _writtenAt;

    /// <summary>Where the file is looked for.</summary>
    public string Path => options.Value.GpuPairsModelFile;

    /// <summary>The model; null while there is none.</summary>
    /// <exception cref="InvalidDataException">The file is no model of pairs.</exception>
    public GpuPairPredictor? Current
    {
        get
        {
            lock (_reading)
            {
                if (!File.Exists(Path))
                {
                    return _current = null;
                }

                var writtenAt = File.GetLastWriteTimeUtc(Path);
                if (_current is null || writtenAt != _writtenAt)
                {
                    // The lane before ends by itself once nobody asks it any more: it holds nothing but memory.
                    _current = new GpuPairPredictor(new InferenceLane(InterferencePredictor.Load(Path), options.Value.LaneCapacity, options.Value.LaneBatch));
                    _writtenAt = writtenAt;
                }

                return _current;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } current)
        {
            await current.Lane.DisposeAsync().ConfigureAwait(false);
        }
    }
}
