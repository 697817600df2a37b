namespace Headroom.Agent.Files;

/// <summary>Hands out files that share one read buffer, so that a tick allocates nothing. For one thread at a time.</summary>
internal sealed class KernelFiles(IFileSystem system)
{
    /// <summary>
    /// The kernel hands such files out in whole lines, as many as fit a page: a read of less than half a page met the end, as long as
    /// no line is longer than the other half. That saves every second system call.
    /// </summary>
    private const int EndBelowBytes = PageBytes / 2;

    private const int PageBytes = 4 * 1024;

    private byte[] _buffer = new byte[32 * 1024];

    public IFileSystem System => system;

    /// <summary>A file to be read at every tick; opened at its first read and kept open.</summary>
    public KernelFile File(string path) => new(this, path);

    /// <summary>Reads a file once: open, read, close.</summary>
    /// <param name="content">Valid until the next read of any file of this object.</param>
    public bool TryReadOnce(string path, out ReadOnlySpan<byte> content)
    {
        using var file = system.Open(path);
        return TryRead(file, out content);
    }

    /// <summary>Reads a small text file once, without the space around it; null when it cannot be read.</summary>
    public string? ReadText(string path) => TryReadOnce(path, out var content)
        ? global::System.Text.Encoding.UTF8.GetString(content).Trim()
        : null;

    /// <summary>Reads a whole file from its start into the shared buffer.</summary>
    internal bool TryRead(IOpenFile? file, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (file is null)
        {
            return false;
        }

        var length = 0;
        while (true)
        {
            // With less room than a page, a short read could be for want of room.
            if (_buffer.Length - length < PageBytes)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var count = file.Read(_buffer.AsSpan(length), length);
            if (count < 0)
            {
                return false;
            }

            length += count;
            if (count < EndBelowBytes)
            {
                content = _buffer.AsSpan(0, length);
                return true;
            }
        }
    }
}
