using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>Every command of the program, one line each. A verb shared by several features (evaluate, bench) collects their subcommands here.</summary>
internal static class CommandTable
{
    public static IEnumerable<Command> All() => [];
}
