using System.Reflection;
using System.Runtime.InteropServices;
using Google.OrTools.LinearSolver;

namespace Headroom.MemoryPlacement.Allocators;

/// <summary>Finds the native solvers of OR-Tools in the package folder, so that not every program carries its own copy.</summary>
internal static class SolverLibrary
{
    public const string OverrideVariable = "HEADROOM_ORTOOLS";
    private const string Library = "google-ortools-native";

    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(Solver).Assembly, (name, assembly, path) =>
            name.Contains(Library, StringComparison.Ordinal) && Find() is { } file ? NativeLibrary.Load(file) : IntPtr.Zero);
        return true;
    });

    /// <summary>A mixed-integer solver.</summary>
    /// <exception cref="MemoryInputException">The native library cannot be loaded on this machine; the message says where it was sought.</exception>
    public static Solver Create()
    {
        _ = Loaded.Value;
        try
        {
            return Solver.CreateSolver("SCIP") ?? throw new MemoryInputException("Expected the OR-Tools library to hold the SCIP solver, it does not.");
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new MemoryInputException($"The optimal allocator needs {Library}, sought in {string.Join(", ", Folders())}; set {OverrideVariable} to its folder.", error);
        }
    }

    private static string? Find() => Folders().Select(folder => Path.Combine(folder, $"{Library}.so")).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } wanted)
        {
            yield return wanted;
        }

        yield return AppContext.BaseDirectory;
        if (typeof(SolverLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "SolverFolder")?.Value is { Length: > 0 } recorded)
        {
            yield return recorded;

            // The program may have been built by another user: the same package below this user's package folder.
            var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            yield return Path.Combine([packages, .. recorded.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(5)]);
        }
    }
}
