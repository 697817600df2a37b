using System.CommandLine;
using Headroom.Agent.Collecting;

namespace Headroom.Agent.Commands;

/// <summary><c>once</c>: prints one frame for people, with units, and what this machine does not give.</summary>
internal static class OnceCommand
{
    public static Command Create() => AgentCommand.Create("once", "Print one frame as JSON, with units.", [], async (_, options, log, cancellationToken) =>
    {
        var collection = Collection.Create(options, TimeProvider.System, log);

        // Rates are known from the second reading on.
        collection.Runner.Run(TimeProvider.System.GetUtcNow());
        await Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), cancellationToken);
        var at = TimeProvider.System.GetUtcNow();
        collection.Runner.Run(at);
        FrameJson.Write(Console.OpenStandardOutput(), at, collection);
        return 0;
    });
}
