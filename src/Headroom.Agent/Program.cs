using System.CommandLine;
using Headroom.Agent.Commands;

var root = new RootCommand("Headroom's agent: reads this machine's metrics once a second and sends them to a Headroom server.");
foreach (var command in CommandTable.All())
{
    root.Subcommands.Add(command);
}

// Long enough for a command to write what it still holds when it is told to stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
