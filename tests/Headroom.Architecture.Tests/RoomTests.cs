using System.Xml.Linq;

namespace Headroom.Architecture.Tests;

/// <summary>The map in README.md is the law: projects reference what it allows, and it names every project there is.</summary>
public sealed class RoomTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> Rooms = RoomTable.Read();

    private static IEnumerable<string> ProductProjects =>
        Repository.Projects.Where(path => !Path.GetRelativePath(Repository.Root, path).StartsWith("tests", StringComparison.Ordinal));

    [Fact]
    public void Every_project_is_a_room_of_the_readme_and_every_room_exists()
    {
        Assert.Equal(ProductProjects.Select(Name).Order(), Rooms.Keys.Order());
    }

    [Fact]
    public void Projects_reference_only_the_rooms_they_may()
    {
        var forbidden = ProductProjects
            .SelectMany(path => References(path).Select(reference => (From: Name(path), To: reference)))
            .Where(edge => !Rooms[edge.From].Contains(edge.To))
            .Select(edge => $"{edge.From} must not reference {edge.To}");
        Assert.Equal([], forbidden);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Platform.sln")).Replace('\\', '/');
        var missing = Repository.Projects
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !solution.Contains(path, StringComparison.Ordinal));
        Assert.Equal([], missing);
    }

    [Fact]
    public void No_project_is_empty()
    {
        var empty = Repository.Projects.Where(path =>
            !Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.cs", SearchOption.AllDirectories).Any()).Select(Name);
        Assert.Equal([], empty);
    }

    [Fact]
    public void Only_storage_and_migrations_speak_sql_through_npgsql_commands()
    {
        var speakers = ProductProjects
            .Where(path => Name(path) is not ("Storage" or "Migrations" or "Cli"))
            .SelectMany(path => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains("NpgsqlCommand", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Equal([], speakers);
    }

    [Fact]
    public void Versions_of_packages_are_stated_once_in_the_central_file()
    {
        var stated = Repository.Projects
            .Where(path => XDocument.Load(path).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null))
            .Select(Name);
        Assert.Equal([], stated);
    }

    private static string Name(string projectPath) => Path.GetFileNameWithoutExtension(projectPath)["Headroom.".Length..];

    private static IEnumerable<string> References(string projectPath) =>
        XDocument.Load(projectPath).Descendants("ProjectReference")
            .Select(reference => Name(((string)reference.Attribute("Include")!).Replace('\\', '/')));
}
