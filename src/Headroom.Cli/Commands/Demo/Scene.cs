using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Demo;

/// <summary>Applications side by side on one machine, with what an agent read of them second by second: one run of a campaign.</summary>
/// <param name="Application">The one that was measured.</param>
/// <param name="Neighbours">How many ran beside it.</param>
/// <param name="Seconds">One entry per recorded second: everything the agent read, by who it is about.</param>
internal sealed record Scene(string Application, int Neighbours, IReadOnlyList<IReadOnlyList<(EntityDescriptor Entity, MetricVector Values)>> Seconds);
