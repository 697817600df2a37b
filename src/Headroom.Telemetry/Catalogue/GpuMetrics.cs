namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one NVIDIA GPU, by its management library (NVML). Many older or smaller GPUs lack some of it.</summary>
internal static class GpuMetrics
{
    /// <summary>All metrics of a GPU in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Utilization(), .. Pipes(), .. Memory(), .. Power(), .. Thermal(), .. Clocks(), .. Throttling(), .. Links(), .. Errors(),
    ];

    private static IEnumerable<MetricDefinition> Utilization() =>
    [
        Gauge("hw.gpu.utilization", "1", "nvmlDeviceGetUtilizationRates gpu", "Share of the driver's last sampling period in which at least one kernel ran; says nothing about how much of the GPU it used."),
        Gauge("hw.gpu.utilization.memory_copy", "1", "nvmlDeviceGetUtilizationRates memory", "Share of the driver's last sampling period in which the GPU's memory was read or written."),
        Gauge("hw.gpu.utilization.encoder", "1", "nvmlDeviceGetEncoderUtilization", "Utilization of the video encoders."),
        Gauge("hw.gpu.utilization.decoder", "1", "nvmlDeviceGetDecoderUtilization", "Utilization of the video decoders."),
        Gauge("hw.gpu.utilization.jpeg", "1", "nvmlDeviceGetJpgUtilization", "Utilization of the JPEG decoders."),
        Gauge("hw.gpu.utilization.optical_flow", "1", "nvmlDeviceGetOfaUtilization", "Utilization of the optical-flow engine."),
        Gauge("hw.gpu.processes", "{process}", "nvmlDeviceGetComputeRunningProcesses, nvmlDeviceGetGraphicsRunningProcesses", "Processes that hold a context on the GPU."),
    ];

    private static IEnumerable<MetricDefinition> Pipes() =>
    [
        Gpm("hw.gpu.engine.active", "GRAPHICS_UTIL", "Share of time in which the graphics or compute engine was active."),
        Gpm("hw.gpu.sm.active", "SM_UTIL", "Mean share of streaming multiprocessors that had at least one warp."),
        Gpm("hw.gpu.sm.occupancy", "SM_OCCUPANCY", "Resident warps over the most that the streaming multiprocessors could hold."),
        Gpm("hw.gpu.pipe.integer", "INTEGER_UTIL", "Share of cycles in which the integer pipe was active."),
        Gpm("hw.gpu.pipe.tensor", "ANY_TENSOR_UTIL", "Share of cycles in which any tensor pipe was active."),
        Gpm("hw.gpu.pipe.tensor.double", "DFMA_TENSOR_UTIL", "Share of cycles in which the double-precision tensor pipe was active."),
        Gpm("hw.gpu.pipe.tensor.half", "HMMA_TENSOR_UTIL", "Share of cycles in which the half-precision tensor pipe was active."),
        Gpm("hw.gpu.pipe.tensor.integer", "IMMA_TENSOR_UTIL", "Share of cycles in which the integer tensor pipe was active."),
        Gpm("hw.gpu.pipe.fp64", "FP64_UTIL", "Share of cycles in which the double-precision pipe was active."),
        Gpm("hw.gpu.pipe.fp32", "FP32_UTIL", "Share of cycles in which the single-precision pipe was active."),
        Gpm("hw.gpu.pipe.fp16", "FP16_UTIL", "Share of cycles in which the half-precision pipe was active."),
        Gpm("hw.gpu.memory.bandwidth.utilization", "DRAM_BW_UTIL", "Traffic of the GPU's memory over its peak."),
    ];

    private static IEnumerable<MetricDefinition> Memory() =>
    [
        Gauge("hw.gpu.memory.limit", "By", "nvmlDeviceGetMemoryInfo_v2 total", "Memory of the GPU."),
        Gauge("hw.gpu.memory.usage", "By", "nvmlDeviceGetMemoryInfo_v2 used", "Memory taken by programs."),
        Gauge("hw.gpu.memory.free", "By", "nvmlDeviceGetMemoryInfo_v2 free", "Memory nobody has taken."),
        Gauge("hw.gpu.memory.reserved", "By", "nvmlDeviceGetMemoryInfo_v2 reserved", "Memory kept by driver and firmware."),
        Gauge("hw.gpu.memory.utilization", "1", "nvmlDeviceGetMemoryInfo_v2 used, total", "Share of the GPU's memory that programs have taken."),
        Gauge("hw.gpu.memory.bar1.limit", "By", "nvmlDeviceGetBAR1MemoryInfo bar1Total", "Window through which CPUs and other devices reach the GPU's memory."),
        Gauge("hw.gpu.memory.bar1.usage", "By", "nvmlDeviceGetBAR1MemoryInfo bar1Used", "How much of that window is mapped."),
    ];

    private static IEnumerable<MetricDefinition> Power() =>
    [
        Gauge("hw.gpu.power", "W", "nvmlDeviceGetPowerUsage", "Power the GPU draws, averaged by the driver as its model does it (one second from Ampere on)."),
        Gauge("hw.gpu.power.instant", "W", "nvmlDeviceGetFieldValues POWER_INSTANT", "Power the GPU draws at the moment of reading."),
        Rate("hw.gpu.power.mean", "W", "nvmlDeviceGetTotalEnergyConsumption", "Mean power between two ticks, from the GPU's energy counter."),
        Gauge("hw.gpu.power.limit", "W", "nvmlDeviceGetEnforcedPowerLimit", "Power limit in force."),
        Gauge("hw.gpu.power.limit.requested", "W", "nvmlDeviceGetPowerManagementLimit", "Power limit set by the operator."),
        Gauge("hw.gpu.power.limit.default", "W", "nvmlDeviceGetPowerManagementDefaultLimit", "Power limit after a reset."),
        Gauge("hw.gpu.power.limit.min", "W", "nvmlDeviceGetPowerManagementLimitConstraints", "Lowest power limit that can be set."),
        Gauge("hw.gpu.power.limit.max", "W", "nvmlDeviceGetPowerManagementLimitConstraints", "Highest power limit that can be set."),
    ];

    private static IEnumerable<MetricDefinition> Thermal() =>
    [
        Gauge("hw.gpu.temperature", "Cel", "nvmlDeviceGetTemperature", "Temperature of the GPU."),
        Gauge("hw.gpu.temperature.memory", "Cel", "nvmlDeviceGetFieldValues MEMORY_TEMP", "Temperature of the GPU's memory."),
        Gauge("hw.gpu.temperature.limit.slowdown", "Cel", "nvmlDeviceGetTemperatureThreshold SLOWDOWN", "Temperature at which the hardware slows the GPU down."),
        Gauge("hw.gpu.temperature.limit.shutdown", "Cel", "nvmlDeviceGetTemperatureThreshold SHUTDOWN", "Temperature at which the GPU is shut down."),
        Gauge("hw.gpu.fan.speed", "1", "nvmlDeviceGetFanSpeed", "Wanted speed of the fan over its full speed; a server GPU has none."),
    ];

    private static IEnumerable<MetricDefinition> Clocks() =>
    [
        Gauge("hw.gpu.clock.graphics", "Hz", "nvmlDeviceGetClockInfo GRAPHICS", "Clock of the graphics engine."),
        Gauge("hw.gpu.clock.sm", "Hz", "nvmlDeviceGetClockInfo SM", "Clock of the streaming multiprocessors."),
        Gauge("hw.gpu.clock.memory", "Hz", "nvmlDeviceGetClockInfo MEM", "Clock of the memory."),
        Gauge("hw.gpu.clock.video", "Hz", "nvmlDeviceGetClockInfo VIDEO", "Clock of the video engines."),
        Gauge("hw.gpu.clock.sm.limit", "Hz", "nvmlDeviceGetMaxClockInfo SM", "Highest clock of the streaming multiprocessors."),
        Gauge("hw.gpu.clock.memory.limit", "Hz", "nvmlDeviceGetMaxClockInfo MEM", "Highest clock of the memory."),
        State("hw.gpu.performance_state", "nvmlDeviceGetPerformanceState", "Performance state: 0 is the fastest, 15 the slowest."),
    ];

    private static IEnumerable<MetricDefinition> Throttling() =>
    [
        Reason("hw.gpu.throttle.idle", "0x1", "clocks are low because nothing runs"),
        Reason("hw.gpu.throttle.application_clocks", "0x2", "clocks are held by the application-clocks setting"),
        Reason("hw.gpu.throttle.power_cap", "0x4", "the driver holds clocks down to keep the power limit"),
        Reason("hw.gpu.throttle.hardware", "0x8", "the hardware slows clocks down, for heat or power"),
        Reason("hw.gpu.throttle.sync_boost", "0x10", "clocks wait for another GPU of the same group"),
        Reason("hw.gpu.throttle.thermal_software", "0x20", "the driver holds clocks down because the GPU or its memory is too hot"),
        Reason("hw.gpu.throttle.thermal_hardware", "0x40", "the hardware slows clocks down because the GPU is too hot"),
        Reason("hw.gpu.throttle.power_brake", "0x80", "the power supply told the GPU to slow down"),
        Reason("hw.gpu.throttle.display_clock", "0x100", "clocks are held by the display"),
        Violation("hw.gpu.violation.power", "POWER", "below its clocks because of the power limit"),
        Violation("hw.gpu.violation.thermal", "THERMAL", "below its clocks because of heat"),
        Violation("hw.gpu.violation.sync_boost", "SYNC_BOOST", "below its clocks for another GPU of its group"),
        Violation("hw.gpu.violation.board_limit", "BOARD_LIMIT", "below its clocks because of the board's voltage limit"),
        Violation("hw.gpu.violation.low_utilization", "LOW_UTILIZATION", "below its clocks because there was little to do"),
        Violation("hw.gpu.violation.reliability", "RELIABILITY", "below its clocks because of its reliability voltage"),
    ];

    private static IEnumerable<MetricDefinition> Links() =>
    [
        Gauge("hw.gpu.io.pcie.transmit", "By/s", "GPM PCIE_TX_PER_SEC, else nvmlDeviceGetFieldValues PCIE_COUNT_TX_BYTES", "Bytes the GPU sent over PCIe."),
        Gauge("hw.gpu.io.pcie.receive", "By/s", "GPM PCIE_RX_PER_SEC, else nvmlDeviceGetFieldValues PCIE_COUNT_RX_BYTES", "Bytes the GPU received over PCIe."),
        Rate("hw.gpu.pcie.replays", "{event}/s", "nvmlDeviceGetPcieReplayCounter", "PCIe packets sent again."),
        State("hw.gpu.pcie.generation", "nvmlDeviceGetCurrPcieLinkGeneration", "Generation the PCIe link runs at; an idle GPU lowers it."),
        State("hw.gpu.pcie.width", "nvmlDeviceGetCurrPcieLinkWidth", "Lanes the PCIe link runs with."),
        State("hw.gpu.pcie.generation.limit", "nvmlDeviceGetMaxPcieLinkGeneration", "Highest generation the PCIe link can run at."),
        State("hw.gpu.pcie.width.limit", "nvmlDeviceGetMaxPcieLinkWidth", "Most lanes the PCIe link can run with."),
        Gauge("hw.gpu.io.nvlink.transmit", "By/s", "GPM NVLINK_TOTAL_TX_PER_SEC, else nvmlDeviceGetFieldValues NVLINK_THROUGHPUT_DATA_TX", "Bytes the GPU sent over all its NVLinks."),
        Gauge("hw.gpu.io.nvlink.receive", "By/s", "GPM NVLINK_TOTAL_RX_PER_SEC, else nvmlDeviceGetFieldValues NVLINK_THROUGHPUT_DATA_RX", "Bytes the GPU received over all its NVLinks."),
        Gauge("hw.gpu.nvlink.active", "{link}", "nvmlDeviceGetNvLinkState", "NVLinks that are up."),
        Field("hw.gpu.nvlink.errors.crc", "{error}/s", "NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL", "Transfers over NVLink that failed their checksum."),
        Field("hw.gpu.nvlink.errors.replay", "{error}/s", "NVLINK_REPLAY_ERROR_COUNT_TOTAL", "Transfers over NVLink that were repeated."),
        Field("hw.gpu.nvlink.errors.recovery", "{error}/s", "NVLINK_RECOVERY_ERROR_COUNT_TOTAL", "NVLinks that had to be set up again."),
    ];

    private static IEnumerable<MetricDefinition> Errors() =>
    [
        State("hw.gpu.errors.xid", "nvmlEventSetWait XidCriticalError", "Number of the last critical driver error (XID); 0 while there was none since the agent started."),
        Gauge("hw.gpu.errors.ecc.corrected", "{error}", "nvmlDeviceGetTotalEccErrors corrected, volatile", "Memory errors corrected since the driver was loaded."),
        Gauge("hw.gpu.errors.ecc.uncorrected", "{error}", "nvmlDeviceGetTotalEccErrors uncorrected, volatile", "Memory errors that could not be corrected since the driver was loaded."),
        Gauge("hw.gpu.errors.ecc.corrected.lifetime", "{error}", "nvmlDeviceGetTotalEccErrors corrected, aggregate", "Memory errors corrected in the GPU's life."),
        Gauge("hw.gpu.errors.ecc.uncorrected.lifetime", "{error}", "nvmlDeviceGetTotalEccErrors uncorrected, aggregate", "Memory errors that could not be corrected in the GPU's life."),
        State("hw.gpu.ecc.enabled", "nvmlDeviceGetEccMode", "1 while error correction is on, 0 while it is off."),
        Gauge("hw.gpu.rows.remapped.corrected", "{row}", "nvmlDeviceGetRemappedRows", "Rows of memory replaced after corrected errors."),
        Gauge("hw.gpu.rows.remapped.uncorrected", "{row}", "nvmlDeviceGetRemappedRows", "Rows of memory replaced after uncorrected errors."),
        State("hw.gpu.rows.remapping_pending", "nvmlDeviceGetRemappedRows", "1 while a replacement waits for a reset of the GPU."),
        State("hw.gpu.rows.remapping_failed", "nvmlDeviceGetRemappedRows", "1 after a row could not be replaced: the GPU should be returned."),
        Gauge("hw.gpu.pages.retired.corrected", "{page}", "nvmlDeviceGetFieldValues RETIRED_SBE", "Pages of memory retired after repeated corrected errors (before Ampere)."),
        Gauge("hw.gpu.pages.retired.uncorrected", "{page}", "nvmlDeviceGetFieldValues RETIRED_DBE", "Pages of memory retired after an uncorrected error (before Ampere)."),
        State("hw.gpu.mig.enabled", "nvmlDeviceGetMigMode", "1 while the GPU is split into instances (MIG)."),
    ];

    private static MetricDefinition Gauge(string name, string unit, string source, string description) => new(name, unit, MetricKind.Gauge, "gpu", source, description);

    private static MetricDefinition Rate(string name, string unit, string source, string description) => new(name, unit, MetricKind.Rate, "gpu", source, description);

    private static MetricDefinition State(string name, string source, string description) => new(name, "1", MetricKind.State, "gpu", source, description);

    private static MetricDefinition Gpm(string name, string metric, string description) => Gauge(name, "1", $"nvmlGpmMetricsGet {metric}", description);

    private static MetricDefinition Field(string name, string unit, string field, string description) => Rate(name, unit, $"nvmlDeviceGetFieldValues {field}", description);

    private static MetricDefinition Reason(string name, string bit, string reason) =>
        State(name, $"nvmlDeviceGetCurrentClocksEventReasons {bit}", $"1 while {reason}, else 0.");

    private static MetricDefinition Violation(string name, string policy, string reason) =>
        Rate(name, "1", $"nvmlDeviceGetViolationStatus {policy}", $"Share of time that the GPU was {reason}.");
}
