using Headroom.Interference.Live;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Web.Api.Interference;

/// <summary>A window as a caller sends it: one step per second, metrics by their names in the catalogue; what is left out is missing.</summary>
/// <param name="Steps">Oldest first.</param>
/// <param name="Reasons">Whether the answer shall say why (default true).</param>
internal sealed record WindowRequest(IReadOnlyList<StepRequest?>? Steps, bool Reasons = true)
{
    private const int MostSteps = 3_600;
    private const int MostNeighbours = 256;

    /// <summary>Id of the asked workload in the window; neighbours follow.</summary>
    public const int TargetId = 0;

    /// <summary>The window as the models look at it.</summary>
    /// <exception cref="ArgumentException">A part is missing or unknown; the message says where, what was expected and what came.</exception>
    public HostWindow Read(DateTimeOffset now)
    {
        if (Steps is not { Count: >= 1 and <= MostSteps })
        {
            throw new ArgumentException($"steps: expected 1 to {MostSteps} steps, one per second, got {Steps?.Count ?? 0}.");
        }

        var names = Steps.SelectMany(step => step?.Neighbours?.Keys ?? Enumerable.Empty<string>()).Distinct().ToArray();
        if (names.Length > MostNeighbours)
        {
            throw new ArgumentException($"steps: expected at most {MostNeighbours} neighbours, got {names.Length}.");
        }

        var target = Steps.Select((step, index) => Vector(EntityKind.Workload, step?.Target ?? throw new ArgumentException($"steps[{index}].target: expected metrics of the workload, got none."), $"steps[{index}].target"));
        var host = Steps.Select((step, index) => step!.Host is { } values ? Vector(EntityKind.Host, values, $"steps[{index}].host") : null);
        var neighbours = names.Select((name, place) => new WorkloadWindow(TargetId + 1 + place, name,
            [.. Steps.Select((step, index) => step!.Neighbours?.GetValueOrDefault(name) is { } values ? Vector(EntityKind.Workload, values, $"steps[{index}].neighbours.{name}") : null)]));
        return new HostWindow(now, [.. host], [new WorkloadWindow(TargetId, "target", [.. target]), .. neighbours]);
    }

    private static MetricVector Vector(EntityKind kind, IReadOnlyDictionary<string, double?> values, string place)
    {
        var vector = new MetricVector(MetricCatalogue.Current.For(kind).Count);
        foreach (var (name, value) in values)
        {
            var ordinal = MetricCatalogue.Current.OrdinalOf(kind, name)
                ?? throw new ArgumentException($"{place}: expected names of {kind} metrics (GET /api/v1/catalogue lists them), got '{name}'.");
            vector[ordinal] = (float?)value;
        }

        return vector;
    }
}

/// <summary>One second of a window.</summary>
/// <param name="Target">Metrics of the workload that is asked about.</param>
/// <param name="Neighbours">Metrics of every other workload on the host, by any name.</param>
/// <param name="Host">Metrics of the host.</param>
internal sealed record StepRequest(
    IReadOnlyDictionary<string, double?>? Target, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>?>? Neighbours, IReadOnlyDictionary<string, double?>? Host);
