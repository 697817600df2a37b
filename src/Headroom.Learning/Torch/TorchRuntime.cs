using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security.Cryptography;
using TorchSharp;

namespace Headroom.Learning.Torch;

/// <summary>Loads native Torch once per process. Everything that touches a tensor calls <see cref="EnsureLoaded"/> first.</summary>
public static class TorchRuntime
{
    /// <summary>TorchSharp's library asks for this version, of GCC 13, though no relocation uses a symbol of it.</summary>
    private const string NewestCompilerVersion = "GLIBCXX_3.4.32";
    private const string BridgeLibrary = "libLibTorchSharp.so";

    private static readonly Lazy<LearningUnavailableException?> Failure = new(Load);

    /// <summary>Why Torch cannot run here; null when it can.</summary>
    public static string? UnavailableReason => Failure.Value?.Message;

    /// <summary>Loads Torch if that has not happened yet.</summary>
    /// <exception cref="LearningUnavailableException">It cannot be loaded here.</exception>
    public static void EnsureLoaded()
    {
        if (Failure.Value is { } failure)
        {
            throw failure;
        }
    }

    private static LearningUnavailableException? Load()
    {
        try
        {
            if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            {
                return new LearningUnavailableException($"Torch is shipped for linux-x64, this is {RuntimeInformation.RuntimeIdentifier}");
            }

            var folder = TorchLibraryFolder.Find();
            foreach (var file in (string[])["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"])
            {
                var path = Path.Combine(folder, file);
                if (File.Exists(path))
                {
                    NativeLibrary.Load(path);
                }
            }

            var bridge = LoadBridge(folder);

            // Two doors: DllImport asks the resolver, TorchSharp's own check by name asks the load context.
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? bridge : 0);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name == "LibTorchSharp" ? bridge : 0;

            torch.InitializeDeviceType(DeviceType.CPU);
            using var probe = torch.ones(2, 2);
            return null;
        }
        catch (LearningUnavailableException failure)
        {
            return failure;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
            or TypeInitializationException or NotSupportedException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new LearningUnavailableException(error.Message, error);
        }
    }

    private static nint LoadBridge(string torchFolder)
    {
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"), torchFolder];
        var original = folders.Select(folder => Path.Combine(folder, BridgeLibrary)).FirstOrDefault(File.Exists)
            ?? throw new LearningUnavailableException($"{BridgeLibrary} was not found in {string.Join(", ", folders)}");
        return NativeLibrary.TryLoad(original, out var handle) ? handle : NativeLibrary.Load(SoftenedCopy(original));
    }

    /// <summary>A copy of the library that also loads beside an older libstdc++, kept in the user's cache folder.</summary>
    private static string SoftenedCopy(string original)
    {
        var bytes = File.ReadAllBytes(original);
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        var folder = Path.Combine(CacheRoot(), "headroom", "torch-" + name);
        var copy = Path.Combine(folder, BridgeLibrary);
        if (File.Exists(copy))
        {
            return copy;
        }

        if (ElfVersionNeeds.MarkWeak(bytes, NewestCompilerVersion) == 0)
        {
            throw new LearningUnavailableException($"{original} does not load here, and not because of {NewestCompilerVersion}");
        }

        Directory.CreateDirectory(folder);
        var partial = copy + "." + Environment.ProcessId;
        File.WriteAllBytes(partial, bytes);
        File.Move(partial, copy, overwrite: true);
        return copy;
    }

    private static string CacheRoot()
    {
        var wanted = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return !string.IsNullOrEmpty(wanted) ? wanted : home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
    }
}
