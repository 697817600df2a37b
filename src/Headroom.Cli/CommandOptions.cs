using System.CommandLine;

namespace Headroom.Cli;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommandOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of tables." };

    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random (default 1).", DefaultValueFactory = _ => 1 };
}
