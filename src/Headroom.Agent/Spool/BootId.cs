namespace Headroom.Agent.Spool;

/// <summary>Which boot of the machine this is: what was written in the same boot is still there, flushed or not.</summary>
internal static class BootId
{
    private const string Path = "/proc/sys/kernel/random/boot_id";

    /// <summary>The boot's id, or a new one when the kernel does not say: then nothing unflushed is trusted.</summary>
    public static Guid Read()
    {
        try
        {
            return Guid.Parse(File.ReadAllText(Path));
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException)
        {
            return Guid.NewGuid();
        }
    }
}
