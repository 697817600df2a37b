using System.Text.Json.Serialization;
using Headroom.Agent.Workloads;

namespace Headroom.Agent.Configuration;

/// <summary>
/// The settings of an agent. Every one has a default. Read from a JSON file, then environment variables
/// (<c>HEADROOM_AGENT_INTERVAL_SECONDS</c>, sections parted by two underscores), then <c>--set key=value</c> on the command line.
/// </summary>
internal sealed record AgentOptions
{
    // Properties are settable, not init-only: generated JSON code would drop the defaults of init-only ones.

    /// <summary>Where the configuration is looked for when none is named.</summary>
    public const string DefaultPath = "/etc/headroom/agent.json";

    /// <summary>Address of the Headroom server; without one, frames are kept in the spool only.</summary>
    public string? Server { get; set; }

    /// <summary>Seconds between ticks, 1 by default; from 0.01 to 3600.</summary>
    public double IntervalSeconds { get; set; } = 1;

    /// <summary>Folder that holds the spool and the agent's key.</summary>
    public string DataFolder { get; set; } = "/var/lib/headroom/agent";

    /// <summary>Folder under which <c>/proc</c>, <c>/sys</c> and <c>/run</c> are looked for; another one in a container that mounts the host's there.</summary>
    public string Root { get; set; } = "/";

    /// <summary>Name of this host for people; the machine's own name by default.</summary>
    public string? HostName { get; set; }

    /// <summary>Names of collectors that do not run.</summary>
    public IReadOnlyList<string> DisabledCollectors { get; set; } = [];

    /// <summary>What counts as a workload, and how much may be spent on measuring it.</summary>
    public WorkloadOptions Workloads { get; set; } = new();

    /// <summary>How much of the host itself is looked at.</summary>
    public HostOptions Host { get; set; } = new();

    /// <summary>How frames are kept until the server has them.</summary>
    public Spool.SpoolOptions Spool { get; set; } = new();

    /// <summary>How frames are sent.</summary>
    public Sending.SendingOptions Sending { get; set; } = new();

    /// <summary>Where the frames wait for the server.</summary>
    [JsonIgnore]
    public string SpoolFolder => Path.Combine(DataFolder, "spool");

    /// <summary>Checks ranges and returns one sentence per mistake, each naming its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (IntervalSeconds is not (>= 0.01 and <= 3600))
        {
            yield return $"intervalSeconds: expected 0.01 to 3600, got {IntervalSeconds}";
        }

        if (Server is not null && !(Uri.TryCreate(Server, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"server: expected an http or https address, got '{Server}'";
        }

        if (!Path.IsPathRooted(DataFolder))
        {
            yield return $"dataFolder: expected an absolute path, got '{DataFolder}'";
        }

        foreach (var mistake in Host.Mistakes().Concat(Workloads.Mistakes()))
        {
            yield return mistake;
        }

        foreach (var mistake in Spool.Mistakes().Concat(Sending.Mistakes()))
        {
            yield return mistake;
        }
    }
}
