namespace Headroom.Cli.Commands.Demo;

/// <summary>The product's own campaign, see <c>datasets/two-core-vm/MANIFEST.md</c>: what demo hosts show.</summary>
internal static class DemoRecordings
{
    public static string Folder(string root) => Path.Combine(root, "datasets", "two-core-vm");
}
