namespace Headroom.Cli.Commands.Up;

/// <summary>Keeps two <c>up</c> from using one data folder at the same time; released when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IAsyncDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <exception cref="UpException">Another <c>up</c> holds the folder.</exception>
    public static InstanceLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new InstanceLock(new FileStream(Path.Combine(folder, "up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new UpException($"Another './headroom up' is running with {folder}. Stop it first, or choose another folder with --data.");
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
