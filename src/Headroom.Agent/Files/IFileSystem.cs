namespace Headroom.Agent.Files;

/// <summary>
/// The files a collector reads. Paths are absolute as on the running machine (<c>/proc/stat</c>); an implementation may look for
/// them under another root, which is how recorded trees become fixtures. Reads are synchronous: procfs and sysfs live in kernel memory.
/// Nothing here throws because a file is absent, forbidden or vanishes.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Opens a file to be read again and again; null when it is absent or may not be read.</summary>
    IOpenFile? Open(string path);

    /// <summary>Whether a file or folder of that name is there.</summary>
    bool Exists(string path);

    /// <summary>Adds the names (without folder) of a folder's entries; adds nothing when the folder is absent.</summary>
    void List(string folder, ICollection<string> names);

    /// <summary>Adds the names of a folder's folders only; told by the directory itself, without a look at each entry.</summary>
    void ListFolders(string folder, ICollection<string> names);

    /// <summary>What a symbolic link points to, as written in it; null when it is none.</summary>
    string? ReadLink(string path);
}

/// <summary>An open file.</summary>
internal interface IOpenFile : IDisposable
{
    /// <summary>Reads from <paramref name="offset"/>; 0 at the end, a negative number when the read failed (the process has gone, the device has no value).</summary>
    int Read(Span<byte> buffer, long offset);
}
