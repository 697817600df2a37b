using System.CommandLine;
using Headroom.Agent.Collecting;
using Headroom.Agent.Configuration;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Commands;

/// <summary><c>once</c>: prints one frame for people, with units, and what this machine does not give.</summary>
internal static class OnceCommand
{
    public static Command Create()
    {
        var gpu = new Option<bool>("--gpu") { Description = "Print only GPUs and the processes on them, and every call that had no value." };
        return AgentCommand.Create(
            "once", "Print one frame as JSON, with units.", [gpu], (parsed, options, log, cancellationToken) => PrintAsync(parsed.GetValue(gpu), options, log, cancellationToken));
    }

    private static async Task<int> PrintAsync(bool gpuOnly, AgentOptions options, ILogger log, CancellationToken cancellationToken)
    {
        var collection = Collection.Create(options, TimeProvider.System, log);

        // Rates are known from the second reading on.
        collection.Runner.Run(TimeProvider.System.GetUtcNow());
        await Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), cancellationToken);
        var at = TimeProvider.System.GetUtcNow();
        collection.Runner.Run(at);
        FrameJson.Write(Console.OpenStandardOutput(), at, collection, kind => !gpuOnly || kind is EntityKind.Gpu or EntityKind.GpuProcess);
        return 0;
    }
}
