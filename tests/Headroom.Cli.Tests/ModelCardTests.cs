using Headroom.Cli.Commands.Docs;

namespace Headroom.Cli.Tests;

public sealed class ModelCardTests
{
    private static readonly string[] Sections = ["## Data", "## Protocol", "## Limits", "## Outside its domain", "## Licence", "## Made again"];

    public static TheoryData<string> Cards => [.. ModelFacts.All.Select(facts => facts.FileName)];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_says_what_the_model_itself_says(string file)
    {
        var text = Text(file);
        Assert.True(
            CardBlock.Replace(file, text, ModelFacts.All.Single(facts => facts.FileName == file).Render()) == text,
            $"{ModelFacts.Folder}/{file} is not up to date: run './headroom docs models' in the checkout and commit the card");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_says_data_protocol_limits_licence_and_how_to_make_it_again(string file) =>
        Assert.Equal([], Sections.Except(Text(file).Split('\n')));

    private static string Text(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Platform.sln")))
        {
            root = root.Parent;
        }

        Assert.SkipWhen(root is null, "the tests do not run from a checkout");
        return File.ReadAllText(Path.Combine(root!.FullName, ModelFacts.Folder, file));
    }
}
