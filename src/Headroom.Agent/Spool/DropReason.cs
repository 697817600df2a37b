namespace Headroom.Agent.Spool;

/// <summary>Why frames are given up, as the server stores it.</summary>
internal static class DropReason
{
    /// <summary>The spool was full; the oldest frames went.</summary>
    public const string Bytes = "spool-bytes";

    /// <summary>The frames were older than the spool keeps them.</summary>
    public const string Age = "spool-age";

    /// <summary>The spool was full; one frame of ten seconds was kept.</summary>
    public const string Thinned = "thinned-to-10s";

    /// <summary>The agent died while it wrote the frame.</summary>
    public const string TornWrite = "torn-write";

    /// <summary>The disk had no room for the frame.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>The disk refused the frame for another reason.</summary>
    public const string WriteFailed = "write-failed";

    /// <summary>The disk gave back other bytes than were written.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>The machine went down before the frames were flushed. How many there were is not known: the count is zero.</summary>
    public const string PowerLoss = "power-loss";

    /// <summary>The server refused the frames; the agent keeps them in its quarantine file.</summary>
    public const string Refused = "refused-by-server";
}
