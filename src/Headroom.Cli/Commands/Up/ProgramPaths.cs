namespace Headroom.Cli.Commands.Up;

/// <summary>Where the programs that <c>up</c> starts lie in a built checkout.</summary>
internal sealed class ProgramPaths
{
    private readonly string _root;

    private ProgramPaths(string root) => _root = root;

    /// <summary>The checkout: named by the <c>headroom</c> script, or found above this program.</summary>
    /// <exception cref="UpException">This program does not lie in a checkout.</exception>
    public static ProgramPaths Find()
    {
        var root = Environment.GetEnvironmentVariable("HEADROOM_ROOT") ?? Above(AppContext.BaseDirectory);
        return root is not null && File.Exists(Path.Combine(root, "Platform.sln"))
            ? new ProgramPaths(root)
            : throw new UpException($"'up' runs from a checkout of Headroom, but there is no Platform.sln in or above {root ?? AppContext.BaseDirectory}.");
    }

    /// <summary>The checkout's own folder.</summary>
    public string Root => _root;

    public string DefaultDataFolder => Path.Combine(_root, ".local");

    public string Web => Built("Headroom.Web", "Headroom.Web");

    /// <summary>The <c>headroom</c> program itself.</summary>
    public string Cli => Built("Headroom.Cli", "headroom");

    /// <summary>The agent compiled ahead of time when the <c>headroom</c> script could make it, else the one that every build makes.</summary>
    public string Agent => AgentIsNative ? NativeAgent : Built("Headroom.Agent", "headroom-agent");

    /// <summary>Folder of the agent that every build makes.</summary>
    public string ManagedAgentFolder => Path.GetDirectoryName(Built("Headroom.Agent", "headroom-agent.dll"))!;

    /// <summary>Whether there is a native agent; one that is older than the last build is not the same program and does not count.</summary>
    public bool AgentIsNative =>
        File.Exists(NativeAgent) && File.GetLastWriteTimeUtc(NativeAgent) >= File.GetLastWriteTimeUtc(Built("Headroom.Agent", "headroom-agent.dll"));

    private string NativeAgent => Path.Combine(_root, "artifacts", "publish", "Headroom.Agent", "release", "headroom-agent");

    private string Built(string project, string program)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(_root, "artifacts", "bin", project, configuration, program);
        return File.Exists(path) ? path : throw new UpException($"{path} is missing; build it first: dotnet build Platform.sln -c {configuration}");
    }

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Platform.sln")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
