using System.CommandLine;
using System.Text.RegularExpressions;
using Headroom.Cli.Commands;

namespace Headroom.Cli.Tests;

/// <summary>A command in a document that the program does not know helps nobody.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string, string> Commands()
    {
        var commands = new TheoryData<string, string>();
        foreach (var document in new[] { Path.Combine(Root, "README.md") }.Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).Concat(Directory.EnumerateFiles(Path.Combine(Root, "datasets"), "*.md", SearchOption.AllDirectories)))
        {
            foreach (var command in Command().Matches(File.ReadAllText(document)).Select(match => match.Groups["arguments"].Value.Trim()).Distinct().Where(command => command is not ("test" or "--help" or "")))
            {
                commands.Add(Path.GetRelativePath(Root, document), command);
            }
        }

        return commands;
    }

    private static string Root { get; } = FindRoot();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_in_a_document_is_one_that_the_program_takes(string document, string arguments)
    {
        var root = new RootCommand();
        foreach (var command in CommandTable.All())
        {
            root.Subcommands.Add(command);
        }

        // Square brackets mark what may be left out; a bare name is talk about a command, not a call.
        var parsed = root.Parse(arguments.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal));
        var isCall = arguments.Contains("--", StringComparison.Ordinal) || parsed.CommandResult.Command.Name != arguments.Split(' ')[^1];
        Assert.True(!isCall || parsed.Errors.Count == 0, $"{document}: ./headroom {arguments}: {string.Join("; ", parsed.Errors.Select(error => error.Message))}");
        Assert.True(parsed.CommandResult.Command.Action is not null, $"{document}: ./headroom {arguments} names no command that does something");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run from a checkout");
    }

    // Everything after ./headroom up to the end of the code, a comment, a pipe or two spaces of prose.
    [GeneratedRegex(@"\./headroom (?<arguments>[^`#|\n;&]+)")]
    private static partial Regex Command();
}
