namespace Headroom.Web;

/// <summary>What a process does; one program is any of them.</summary>
[Flags]
public enum ProgramRoles
{
    None = 0,

    /// <summary>API and pages.</summary>
    Web = 1,

    /// <summary>Takes telemetry.</summary>
    Ingest = 2,

    /// <summary>Works off the queues.</summary>
    Worker = 4,

    /// <summary>Everything; the default.</summary>
    All = Web | Ingest | Worker,
}

/// <summary>Reads the roles of a process from its settings.</summary>
internal static class ProgramRolesSetting
{
    /// <summary>Name of the setting: <c>web</c>, <c>ingest</c>, <c>worker</c> or <c>all</c>, several with commas between them.</summary>
    public const string Key = "Headroom:Roles";

    /// <exception cref="InvalidOperationException">The setting names a role that does not exist.</exception>
    public static ProgramRoles Roles(this IConfiguration configuration)
    {
        var roles = ProgramRoles.None;
        foreach (var name in (configuration[Key] ?? nameof(ProgramRoles.All)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= name.ToLowerInvariant() switch
            {
                "web" => ProgramRoles.Web,
                "ingest" => ProgramRoles.Ingest,
                "worker" => ProgramRoles.Worker,
                "all" => ProgramRoles.All,
                _ => throw new InvalidOperationException($"{Key}: expected web, ingest, worker or all, several with commas between them; got '{name}'."),
            };
        }

        return roles == ProgramRoles.None ? ProgramRoles.All : roles;
    }
}
