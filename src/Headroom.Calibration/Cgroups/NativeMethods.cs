using System.Runtime.InteropServices;

namespace Headroom.Calibration.Cgroups;

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);
}
