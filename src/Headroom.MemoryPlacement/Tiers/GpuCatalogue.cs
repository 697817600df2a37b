namespace Headroom.MemoryPlacement.Tiers;

/// <summary>GPUs known by name: memory, dense bf16 peak and host link from the vendor's data sheets.</summary>
public static class GpuCatalogue
{
    /// <summary>Share of the peak that long-context training usually reaches; stated, and shown with every plan.</summary>
    public const double DefaultUtilization = 0.5;

    private const double Gibibyte = 1L << 30;
    private const double PcieGen4 = 26e9;
    private const double PcieGen5 = 55.6e9;

    public static IReadOnlyList<GpuSpec> All { get; } =
    [
        new("RTX 5090", 1, 32 * Gibibyte, 209.5e12, DefaultUtilization, PcieGen5),
        new("RTX A6000", 1, 48 * Gibibyte, 154.8e12, DefaultUtilization, PcieGen4),
        new("A100 80GB", 1, 80 * Gibibyte, 312e12, DefaultUtilization, PcieGen4),
        new("L40S", 1, 48 * Gibibyte, 362e12, DefaultUtilization, PcieGen4),
        new("H100 SXM", 1, 80 * Gibibyte, 989e12, DefaultUtilization, PcieGen5),
        new("H200 SXM", 1, 141 * Gibibyte, 989e12, DefaultUtilization, PcieGen5),
    ];

    /// <exception cref="MemoryInputException">No GPU has that name; the message lists those there are.</exception>
    public static GpuSpec Named(string model, int count = 1) =>
        (All.FirstOrDefault(gpu => string.Equals(gpu.Model, model, StringComparison.OrdinalIgnoreCase))
            ?? throw new MemoryInputException($"Expected one of {string.Join(", ", All.Select(gpu => gpu.Model))}, got '{model}'.")) with { Count = count };
}
