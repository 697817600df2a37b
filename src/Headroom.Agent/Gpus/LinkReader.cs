using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>How many NVLinks are up.</summary>
internal sealed class LinkReader(GpuDevice device) : IGpuReader
{
    private const string Call = "nvmlDeviceGetNvLinkState";

    /// <summary>NVML_NVLINK_MAX_LINKS: no GPU so far has more.</summary>
    private const uint MostLinks = 18;

    private readonly int _active = device.Metric("hw.gpu.nvlink.active");

    public void Read(GpuDevice device, CollectionContext context)
    {
        if (!device.Wants(Call))
        {
            return;
        }

        var active = 0u;
        for (var link = 0u; link < MostLinks; link++)
        {
            var isUp = 0u;
            var result = device.Library.Get(Call, device.Handle, link, ref isUp);

            // A GPU without NVLink refuses the first link; one with fewer than the most refuses the first it does not have.
            if (result != NvmlReturn.Success)
            {
                if (link == 0)
                {
                    device.Succeeded(Call, result);
                    return;
                }

                break;
            }

            active += isUp == 1 ? 1u : 0;
        }

        device.Succeeded(Call, NvmlReturn.Success);
        device.Entity.Set(_active, active);
    }
}
