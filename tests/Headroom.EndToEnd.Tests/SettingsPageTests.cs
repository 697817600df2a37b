namespace Headroom.EndToEnd.Tests;

public sealed class SettingsPageTests
{
    [Fact]
    public async Task The_checked_in_page_of_settings_is_the_one_that_the_programs_give()
    {
        var file = Path.GetTempFileName();
        await CliProgram.RunAsync(new Dictionary<string, string>(), "docs", "settings", "--out", file);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Platform.sln")))
        {
            root = root.Parent;
        }

        Assert.True(
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == await File.ReadAllTextAsync(Path.Combine(root!.FullName, "docs", "settings.md"), TestContext.Current.CancellationToken),
            "docs/settings.md is not up to date: run './headroom docs settings' in the checkout and commit the page");
        File.Delete(file);
    }
}
