using System.Reflection;

namespace Headroom.Learning.Torch;

/// <summary>Finds the folder that holds libtorch's native files.</summary>
internal static class TorchLibraryFolder
{
    public const string OverrideVariable = "HEADROOM_LIBTORCH";
    private const string LargestLibrary = "libtorch_cpu.so";

    /// <summary>The first folder that holds libtorch: the setting, beside the program, the package folder of the build, the package folder of this user.</summary>
    /// <exception cref="LearningUnavailableException">No folder holds it; the message names every folder that was looked at.</exception>
    public static string Find()
    {
        var wanted = Environment.GetEnvironmentVariable(OverrideVariable);
        var candidates = string.IsNullOrWhiteSpace(wanted) ? Defaults().ToList() : [wanted];
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder, LargestLibrary)))
            ?? throw new LearningUnavailableException(
                $"{LargestLibrary} was not found in {string.Join(", ", candidates)}; set {OverrideVariable} to the folder that holds it");
    }

    private static IEnumerable<string> Defaults()
    {
        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");

        var recorded = typeof(TorchLibraryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "LibTorchFolder")?.Value;
        if (string.IsNullOrEmpty(recorded))
        {
            yield break;
        }

        yield return recorded;

        // The program may have been built by another user: the same package below this user's package folder.
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var tail = recorded.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(5).ToArray();
        yield return Path.Combine([packages, .. tail]);
    }
}
