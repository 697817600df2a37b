using Headroom.Agent.Configuration;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Sampling;

/// <summary>Every place frames can go to, by name, one line each.</summary>
internal static class SinkTable
{
    /// <summary>Into the spool, and from there to the server.</summary>
    public const string Default = "server";

    private static readonly Dictionary<string, Func<AgentOptions, ILogger, IFrameSink>> Factories = new()
    {
        [Default] = (options, log) => new Sending.ShippingSink(options, TimeProvider.System, log),
        ["discard"] = (_, _) => new DiscardSink(),
    };

    public static IEnumerable<string> Names => Factories.Keys;

    /// <exception cref="ArgumentException">There is no sink of that name.</exception>
    public static IFrameSink Create(string name, AgentOptions options, ILogger log) => Factories.TryGetValue(name, out var create)
        ? create(options, log)
        : throw new ArgumentException($"--sink: expected one of {string.Join(", ", Names)}, got '{name}'");
}
