using System.Text.Json;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Fpga.Sweeps;

namespace Headroom.Jobs.Fpga;

/// <summary>A sweep as somebody asks for it: a network, a configuration to start from, and the lists to combine.</summary>
public sealed record SweepRequest
{
    /// <summary>The network in any format that is JSON: Keras, plain, wa-hls4ml, or a document of <see cref="NetworkDocument"/>.</summary>
    public JsonElement Network { get; init; }

    /// <summary>hls4ml's configuration (YAML, or JSON as text); null starts from the defaults.</summary>
    public string? Configuration { get; init; }

    /// <summary>For example fixed&lt;16,6&gt;.</summary>
    public IReadOnlyList<string> Precisions { get; init; } = [];

    public IReadOnlyList<int> ReuseFactors { get; init; } = [];

    /// <summary>Latency, Resource.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];

    /// <summary>io_parallel, io_stream.</summary>
    public IReadOnlyList<string> IoTypes { get; init; } = [];

    /// <summary>Nanoseconds.</summary>
    public IReadOnlyList<double> ClockPeriods { get; init; } = [];

    /// <summary>Names of boards, or parts.</summary>
    public IReadOnlyList<string> Boards { get; init; } = [];

    /// <summary>The lists, read.</summary>
    /// <exception cref="NetworkFormatException">An entry is none that was expected.</exception>
    public SweepSpace Space() => new()
    {
        Precisions = [.. Precisions.Select(text => FixedPoint.TryParse(text) ?? throw Bad("precisions", "a format like fixed<16,6>", text))],
        ReuseFactors = [.. ReuseFactors.Select(factor => factor >= 1 ? factor : throw Bad("reuseFactors", "1 or more", factor))],
        Strategies = [.. Strategies.Select(text => Enum.TryParse<HlsStrategy>(text, ignoreCase: true, out var strategy) && Enum.IsDefined(strategy) ? strategy : throw Bad("strategies", "Latency or Resource", text))],
        IoTypes = [.. IoTypes.Select(text => text switch { "io_parallel" => IoType.Parallel, "io_stream" => IoType.Stream, _ => throw Bad("ioTypes", "io_parallel or io_stream", text) })],
        ClockPeriodsNanoseconds = [.. ClockPeriods.Select(period => period is > 0 and <= 1000 ? period : throw Bad("clockPeriods", "nanoseconds above 0 and up to 1000", period))],
        Boards = Boards,
    };

    private static NetworkFormatException Bad(string list, string expected, object got) => new($"{list}: expected {expected}, got '{got}'.");
}
