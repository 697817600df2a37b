namespace Headroom.Agent.Files;

/// <summary>
/// One file of procfs or sysfs, read again and again through an open descriptor. A file that is not there is looked for again
/// only now and then, because most stay absent for good.
/// </summary>
internal sealed class KernelFile(KernelFiles files, string path) : IDisposable
{
    private const int ReadsBetweenTries = 60;

    private IOpenFile? _open;
    private int _readsUntilTry;

    public string Path => path;

    /// <summary>The whole content; false when the file is absent or the kernel has no value at the moment.</summary>
    /// <param name="content">Valid until the next read of any file of the same <see cref="KernelFiles"/>.</param>
    public bool TryRead(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_open is null)
        {
            if (_readsUntilTry-- > 0)
            {
                return false;
            }

            _open = files.System.Open(path);
            _readsUntilTry = ReadsBetweenTries;
        }

        if (files.TryRead(_open, out content))
        {
            return true;
        }

        Dispose();
        return false;
    }

    /// <summary>The number a one-value file holds, for example <c>/sys/class/hwmon/hwmon0/temp1_input</c>.</summary>
    public bool TryReadSigned(out long value)
    {
        value = 0;
        return TryRead(out var content) && new Fields(content).TryReadSigned(out value);
    }

    public void Dispose()
    {
        _open?.Dispose();
        _open = null;
    }
}
