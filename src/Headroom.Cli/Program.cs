using System.CommandLine;
using Headroom.Cli.Commands;

var root = new RootCommand("Headroom: how much more can this fleet carry, and who is already hurting whom?");
foreach (var command in CommandTable.All())
{
    root.Subcommands.Add(command);
}

return await root.Parse(args).InvokeAsync();
