using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping;

/// <summary>
/// NVIDIA's dcgm-exporter; units as in DCGM's field documentation (https://docs.nvidia.com/datacenter/dcgm, dcgm_fields). Instances of a
/// GPU that is split (MIG) are left out: their values are not those of the GPU.
/// </summary>
internal sealed class DcgmRules : ISourceRules
{
    private const double Percent = 0.01;
    private const double Mebibyte = 1 << 20;
    private const double Megahertz = 1e6;
    private const double Millijoule = 1e-3;

    internal static Dictionary<string, MetricRule[]> Rules { get; } = new(StringComparer.Ordinal)
    {
        ["DCGM_FI_DEV_GPU_UTIL"] = [Level("hw.gpu.utilization").Times(Percent)],
        ["DCGM_FI_DEV_MEM_COPY_UTIL"] = [Level("hw.gpu.utilization.memory_copy").Times(Percent)],
        ["DCGM_FI_DEV_ENC_UTIL"] = [Level("hw.gpu.utilization.encoder").Times(Percent)],
        ["DCGM_FI_DEV_DEC_UTIL"] = [Level("hw.gpu.utilization.decoder").Times(Percent)],
        ["DCGM_FI_DEV_FB_TOTAL"] = [Level("hw.gpu.memory.limit").Times(Mebibyte)],
        ["DCGM_FI_DEV_FB_USED"] = [Level("hw.gpu.memory.usage").Times(Mebibyte), Level("hw.gpu.memory.utilization").Over(3), Level("hw.gpu.memory.utilization").Under(3)],
        ["DCGM_FI_DEV_FB_FREE"] = [Level("hw.gpu.memory.free").Times(Mebibyte), Level("hw.gpu.memory.utilization").Under(3)],
        ["DCGM_FI_DEV_FB_RESERVED"] = [Level("hw.gpu.memory.reserved").Times(Mebibyte), Level("hw.gpu.memory.utilization").Under(3)],
        ["DCGM_FI_DEV_POWER_USAGE"] = [Level("hw.gpu.power")],
        ["DCGM_FI_DEV_POWER_USAGE_INSTANT"] = [Level("hw.gpu.power.instant")],
        ["DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"] = [Rate("hw.gpu.power.mean").Times(Millijoule)],
        ["DCGM_FI_DEV_ENFORCED_POWER_LIMIT"] = [Level("hw.gpu.power.limit")],
        ["DCGM_FI_DEV_POWER_MGMT_LIMIT"] = [Level("hw.gpu.power.limit.requested")],
        ["DCGM_FI_DEV_GPU_TEMP"] = [Level("hw.gpu.temperature")],
        ["DCGM_FI_DEV_MEMORY_TEMP"] = [Level("hw.gpu.temperature.memory").ZeroIsMissing()],
        ["DCGM_FI_DEV_FAN_SPEED"] = [Level("hw.gpu.fan.speed").Times(Percent)],
        ["DCGM_FI_DEV_SM_CLOCK"] = [Level("hw.gpu.clock.sm").Times(Megahertz)],
        ["DCGM_FI_DEV_MEM_CLOCK"] = [Level("hw.gpu.clock.memory").Times(Megahertz)],
        ["DCGM_FI_DEV_VIDEO_CLOCK"] = [Level("hw.gpu.clock.video").Times(Megahertz)],
        ["DCGM_FI_DEV_PSTATE"] = [Level("hw.gpu.performance_state")],
        ["DCGM_FI_DEV_PCIE_REPLAY_COUNTER"] = [Rate("hw.gpu.pcie.replays")],
        ["DCGM_FI_DEV_PCIE_LINK_GEN"] = [Level("hw.gpu.pcie.generation")],
        ["DCGM_FI_DEV_PCIE_LINK_WIDTH"] = [Level("hw.gpu.pcie.width")],
        ["DCGM_FI_DEV_XID_ERRORS"] = [Level("hw.gpu.errors.xid")],
        ["DCGM_FI_DEV_ECC_SBE_VOL_TOTAL"] = [Level("hw.gpu.errors.ecc.corrected")],
        ["DCGM_FI_DEV_ECC_DBE_VOL_TOTAL"] = [Level("hw.gpu.errors.ecc.uncorrected")],
        ["DCGM_FI_DEV_ECC_SBE_AGG_TOTAL"] = [Level("hw.gpu.errors.ecc.corrected.lifetime")],
        ["DCGM_FI_DEV_ECC_DBE_AGG_TOTAL"] = [Level("hw.gpu.errors.ecc.uncorrected.lifetime")],
        ["DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS"] = [Level("hw.gpu.rows.remapped.corrected")],
        ["DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS"] = [Level("hw.gpu.rows.remapped.uncorrected")],
        ["DCGM_FI_DEV_ROW_REMAP_PENDING"] = [Level("hw.gpu.rows.remapping_pending")],
        ["DCGM_FI_DEV_ROW_REMAP_FAILURE"] = [Level("hw.gpu.rows.remapping_failed")],
        ["DCGM_FI_DEV_RETIRED_SBE"] = [Level("hw.gpu.pages.retired.corrected")],
        ["DCGM_FI_DEV_RETIRED_DBE"] = [Level("hw.gpu.pages.retired.uncorrected")],
        ["DCGM_FI_PROF_GR_ENGINE_ACTIVE"] = [Level("hw.gpu.engine.active")],
        ["DCGM_FI_PROF_SM_ACTIVE"] = [Level("hw.gpu.sm.active")],
        ["DCGM_FI_PROF_SM_OCCUPANCY"] = [Level("hw.gpu.sm.occupancy")],
        ["DCGM_FI_PROF_PIPE_TENSOR_ACTIVE"] = [Level("hw.gpu.pipe.tensor")],
        ["DCGM_FI_PROF_PIPE_FP64_ACTIVE"] = [Level("hw.gpu.pipe.fp64")],
        ["DCGM_FI_PROF_PIPE_FP32_ACTIVE"] = [Level("hw.gpu.pipe.fp32")],
        ["DCGM_FI_PROF_PIPE_FP16_ACTIVE"] = [Level("hw.gpu.pipe.fp16")],
        ["DCGM_FI_PROF_DRAM_ACTIVE"] = [Level("hw.gpu.memory.bandwidth.utilization")],
        ["DCGM_FI_PROF_PCIE_TX_BYTES"] = [Level("hw.gpu.io.pcie.transmit")],
        ["DCGM_FI_PROF_PCIE_RX_BYTES"] = [Level("hw.gpu.io.pcie.receive")],
        ["DCGM_FI_PROF_NVLINK_TX_BYTES"] = [Level("hw.gpu.io.nvlink.transmit")],
        ["DCGM_FI_PROF_NVLINK_RX_BYTES"] = [Level("hw.gpu.io.nvlink.receive")],
    };

    public string Name => "dcgm-exporter";

    public IReadOnlyList<string> Prefixes => ["DCGM_FI_"];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        var number = series.Label("gpu");
        if (series.Label("GPU_I_ID") is not null || (series.Label("UUID") ?? number) is not { } key || !Rules.TryGetValue(series.Name, out var rules))
        {
            return [];
        }

        var gpu = MachineParts.Gpu(series, series.Label("UUID") ?? $"gpu{key}", series.Label("modelName"), number);
        return rules.Select(rule => new MetricTarget(gpu, rule.IsMissing is { } isMissing
            ? rule with { IsMissing = value => IsBlank(value) || isMissing(value) }
            : rule with { IsMissing = IsBlank }));
    }

    // dcgm_structs.h: "blank" values of the types int32, and int64 and double.
    private static bool IsBlank(double value) => value is >= 0x7ffffff0 and <= 0x7fffffff or >= 140_737_488_355_328;
}
