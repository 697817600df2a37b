namespace Headroom.Cli.Commands.Demo;

/// <summary>What a person may choose about a demo fleet.</summary>
/// <param name="Server">Where the platform answers.</param>
/// <param name="ConnectionString">Its database, in which the demo's agents are enrolled.</param>
/// <param name="Hosts">How many hosts (default 8).</param>
/// <param name="History">How far back their past goes (default 24 h).</param>
/// <param name="Speed">Seconds of the story per second of the clock (default 1).</param>
/// <param name="Seed">Which scenes follow each other (default 1).</param>
internal sealed record DemoOptions(Uri Server, string ConnectionString, int Hosts, TimeSpan History, double Speed, int Seed);
