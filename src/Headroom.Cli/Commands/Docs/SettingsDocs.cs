using System.CommandLine;
using Headroom.Cli.Commands.Up;

namespace Headroom.Cli.Commands.Docs;

/// <summary><c>docs settings</c>: writes the page that lists every setting.</summary>
internal static class SettingsDocs
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = $"File to write (default {SettingsPage.Path}, from the current folder).", DefaultValueFactory = _ => SettingsPage.Path };
        var command = new Command("settings", "Write the page that lists every setting of server and agent.") { output };
        command.SetAction(parsed =>
        {
            var paths = ProgramPaths.Find();
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, SettingsPage.Render(Path.GetDirectoryName(paths.Web)!, paths.ManagedAgentFolder));
            Console.Out.WriteLine(file);
            return 0;
        });
        return command;
    }
}
