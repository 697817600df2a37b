using System.CommandLine;

namespace Headroom.Agent.Commands;

/// <summary>Every subcommand of the agent, one line each.</summary>
internal static class CommandTable
{
    public static IEnumerable<Command> All() =>
    [
        RunCommand.Create(),
        Enrolment.EnrolCommand.Create(),
        OnceCommand.Create(),
        RecordCommand.Create(),
        HealthCommand.Create(),
    ];
}
