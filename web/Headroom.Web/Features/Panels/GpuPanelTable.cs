namespace Headroom.Web.Features.Panels;

/// <summary>The panels of a GPU.</summary>
public static class GpuPanelTable
{
    /// <summary>All panels, in the order of the page.</summary>
    public static IReadOnlyList<Panel> All { get; } =
    [
        new("GPU", "Utilization", [new("hw.gpu.utilization", "kernels running"), new("hw.gpu.sm.active", "SMs active"), new("hw.gpu.sm.occupancy", "occupancy")], Maximum: 1),
        new("GPU", "Memory", [new("hw.gpu.memory.usage", "used"), new("hw.gpu.memory.reserved", "reserved"), new("hw.gpu.memory.limit", "installed", "--chart-8")]),
        new("GPU", "Pipes and memory bandwidth",
            [new("hw.gpu.pipe.tensor", "tensor"), new("hw.gpu.pipe.fp32", "FP32"), new("hw.gpu.pipe.fp16", "FP16"), new("hw.gpu.memory.bandwidth.utilization", "memory bandwidth")], Maximum: 1),
        new("GPU", "Power", [new("hw.gpu.power", "drawn"), new("hw.gpu.power.limit", "limit", "--chart-8")]),
        new("GPU", "Temperature", [new("hw.gpu.temperature", "GPU"), new("hw.gpu.temperature.memory", "memory"), new("hw.gpu.temperature.limit.slowdown", "slows down at", "--chart-8")]),
        new("GPU", "Clocks", [new("hw.gpu.clock.sm", "SMs"), new("hw.gpu.clock.memory", "memory")]),
        new("GPU", "Held back by", [new("hw.gpu.violation.power", "power"), new("hw.gpu.violation.thermal", "heat"), new("hw.gpu.violation.board_limit", "board limit")]),
        new("GPU", "PCIe", [new("hw.gpu.io.pcie.receive", "received"), new("hw.gpu.io.pcie.transmit", "sent")]),
        new("GPU", "NVLink", [new("hw.gpu.io.nvlink.receive", "received"), new("hw.gpu.io.nvlink.transmit", "sent")]),
    ];
}
