using System.CommandLine;

namespace Headroom.Cli.Commands.Docs;

/// <summary><c>docs models</c>: writes what the program knows of its models into their cards; what people wrote around it stays.</summary>
internal static class ModelDocs
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = $"Folder of the cards (default {ModelFacts.Folder}, from the current folder).", DefaultValueFactory = _ => ModelFacts.Folder };
        var command = new Command("models", "Write the figures of every shipped model into its card.") { output };
        command.SetAction(parsed =>
        {
            foreach (var facts in ModelFacts.All)
            {
                var file = Path.GetFullPath(Path.Combine(parsed.GetValue(output)!, facts.FileName));
                File.WriteAllText(file, CardBlock.Replace(file, File.ReadAllText(file), facts.Render()));
                Console.Out.WriteLine(file);
            }

            return 0;
        });
        return command;
    }
}
