using System.Reflection;
using System.Text.Json;

namespace Headroom.MemoryPlacement.Costs;

/// <summary>The cost models with the intervals their held-out residuals ask for; what a plan is predicted with.</summary>
/// <param name="Adam">CPU Adam step.</param>
/// <param name="AdamInterval">Its interval.</param>
/// <param name="Copies">Copies between host and GPUs.</param>
/// <param name="CopyInterval">Its interval.</param>
/// <param name="Source">What they were calibrated on.</param>
public sealed record CalibratedCosts(AdamModel Adam, RelativeInterval AdamInterval, CopyModel Copies, RelativeInterval CopyInterval, string Source)
{
    public const string ModelId = "memory-tiers";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Lazy<CalibratedCosts> Shipped = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("calibration.json")!;
        return JsonSerializer.Deserialize<CalibratedCosts>(stream, Options)!;
    });

    /// <summary>The calibration that comes with the product; <c>headroom evaluate memory --save</c> writes it.</summary>
    public static CalibratedCosts Default => Shipped.Value;

    /// <exception cref="MemoryInputException">The folder lacks Adam steps or copies.</exception>
    public static CalibratedCosts Fit(IReadOnlyList<AdamRow> adam, IReadOnlyList<CopyRow> copies, int seed, string source) => new(
        AdamModel.Fit(adam), CostTasks.Adam.Calibrate(adam, seed), CopyModel.Fit(copies), CostTasks.Copies.Calibrate(copies, seed), source);

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}
