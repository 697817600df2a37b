using System.Runtime.InteropServices;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>Lets the pages that this thread touches first come from one NUMA node, until it is disposed (<c>set_mempolicy</c>).</summary>
internal sealed partial class NumaBinding : IDisposable
{
    private const int Default = 0;
    private const int Bind = 2;
    private const int MaxNode = 64;

    private static readonly long SystemCall = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 237 : 238;

    private NumaBinding()
    {
    }

    /// <summary>Null where the kernel refuses: no such node with memory, or a sandbox without the call.</summary>
    public static NumaBinding? To(int node)
    {
        var mask = 1UL << node;
        return OperatingSystem.IsLinux() && node is >= 0 and < MaxNode - 1 && SetPolicy(SystemCall, Bind, ref mask, MaxNode) == 0 ? new NumaBinding() : null;
    }

    public void Dispose()
    {
        ulong none = 0;
        _ = SetPolicy(SystemCall, Default, ref none, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long SetPolicy(long number, long mode, ref ulong nodes, ulong maxNode);
}
