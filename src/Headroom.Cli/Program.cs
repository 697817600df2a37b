using System.CommandLine;
using Headroom.Cli.Commands;

var root = new RootCommand("Headroom: how much more can this fleet carry, and who is already hurting whom?");
foreach (var command in CommandTable.All())
{
    root.Subcommands.Add(command);
}

// Ctrl-C cancels; a command that runs other programs gets the time to stop them in order.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(90) });
