namespace Headroom.Agent.Spool;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Whether the disk, or the quota of whoever writes, is used up.</summary>
    public static bool IsFull(IOException failure) => (failure.HResult & 0xFFFF) is NoSpace or QuotaExceeded;
}
