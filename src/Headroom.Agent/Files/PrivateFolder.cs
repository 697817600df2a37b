namespace Headroom.Agent.Files;

/// <summary>Folders that only the agent's own user may enter: they hold its key and what it measured.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder (mode 0700), or closes one to others that is there already.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        try
        {
            File.SetUnixFileMode(folder, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's folder, such as a mounted volume: its owner decides who may enter.
        }
    }
}
