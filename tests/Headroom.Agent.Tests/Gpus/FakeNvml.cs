using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Headroom.Agent.Tests.Gpus;

/// <summary>The stand-in library, compiled anew for each test so that each has its own state.</summary>
internal sealed class FakeNvml : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-nvml-").FullName;
    private readonly nint _handle;

    public FakeNvml()
    {
        Path = System.IO.Path.Combine(_folder, "libfake-nvml.so");
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "Gpus", "fake_nvml.c");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-w", "-shared", "-fPIC", "-O0", "-o", Path, source]) { RedirectStandardError = true })!;
            var complaints = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, complaints);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("gcc is not installed: the stand-in for NVIDIA's library cannot be built");
        }

        _handle = NativeLibrary.Load(Path);
    }

    public string Path { get; }

    /// <summary>Calls one of the functions by which the stand-in is made to change.</summary>
    public void Do(string function) => Marshal.GetDelegateForFunctionPointer<Action>(NativeLibrary.GetExport(_handle, function))();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
