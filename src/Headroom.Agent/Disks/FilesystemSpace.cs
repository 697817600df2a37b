using System.Runtime.InteropServices;

namespace Headroom.Agent.Disks;

/// <summary>Size and use of a mounted filesystem.</summary>
/// <param name="SizeBytes">All of it.</param>
/// <param name="UsedBytes">What is taken.</param>
/// <param name="AvailableBytes">What ordinary users may still take; less than the rest, some is kept for root.</param>
/// <param name="Inodes">Inodes there can be; 0 where the filesystem makes them as needed.</param>
/// <param name="FreeInodes">Inodes that are free.</param>
internal readonly partial record struct FilesystemSpace(double SizeBytes, double UsedBytes, double AvailableBytes, double Inodes, double FreeInodes)
{
    /// <summary>Share that is used up for ordinary users, as <c>df</c> reckons it; NaN for an empty filesystem.</summary>
    public double Utilization => UsedBytes / (UsedBytes + AvailableBytes);

    /// <summary>Share of inodes that are taken; NaN where there is no limit.</summary>
    public double InodeUtilization => (Inodes - FreeInodes) / Inodes;

    /// <summary>Asks the kernel; null when the path is gone or may not be looked at.</summary>
    public static FilesystemSpace? Read(string path)
    {
        // statvfs is longer than its known fields on some architectures: leave room.
        Span<ulong> buffer = stackalloc ulong[32];
        if (StatVfs(path, ref MemoryMarshal.GetReference(buffer)) != 0)
        {
            return null;
        }

        // 64-bit layout of glibc and musl: bsize, frsize, blocks, bfree, bavail, files, ffree.
        double fragment = buffer[1];
        return new FilesystemSpace(
            buffer[2] * fragment, (buffer[2] - buffer[3]) * fragment, buffer[4] * fragment, buffer[5], buffer[6]);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatVfs(string path, ref ulong buffer);
}
