using System.Runtime.InteropServices;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>Performance events by system call; perf_event_open has no wrapper in libc.</summary>
/// <param name="root">Folder under which <c>/sys</c> is looked for.</param>
internal sealed partial class LinuxPerfEvents(string root = "/") : IPerfEvents
{
    private const ulong CgroupFlag = 4;
    private const ulong CloseOnExecFlag = 8;
    private const int ReadOnlyFolderCloseOnExec = 0x90000;

    private static readonly nint CallNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 241 : 298;

    private readonly string _root = root.TrimEnd('/');

    public int Open(in PerfEventAttribute attribute, int target, int cpu, int groupLeader, bool cgroup)
    {
        var descriptor = (int)PerfEventOpen(CallNumber, in attribute, target, cpu, groupLeader, CloseOnExecFlag | (cgroup ? CgroupFlag : 0));
        return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
    }

    public int Read(int descriptor, Span<ulong> values)
    {
        var bytes = ReadCall(descriptor, MemoryMarshal.AsBytes(values), (nuint)(values.Length * sizeof(ulong)));
        return bytes <= 0 ? 0 : (int)bytes / sizeof(ulong);
    }

    public int OpenFolder(string path) => OpenCall(_root + path, ReadOnlyFolderCloseOnExec);

    public void Close(int descriptor) => _ = CloseCall(descriptor);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint PerfEventOpen(nint number, in PerfEventAttribute attribute, nint pid, nint cpu, nint group, ulong flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadCall(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseCall(int descriptor);
}
