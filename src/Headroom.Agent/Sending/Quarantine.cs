using Headroom.Agent.Files;

namespace Headroom.Agent.Sending;

/// <summary>Keeps batches that the server refused for a person to look at, up to a bound.</summary>
internal sealed class Quarantine(string folder, long maxBytes)
{
    /// <summary>Keeps an encoded batch; false when there is no room for it.</summary>
    public bool TryKeep(Guid epoch, long firstSequence, ReadOnlySpan<byte> encoded)
    {
        try
        {
            PrivateFolder.Create(folder);
            var bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
            if (bytes + encoded.Length > maxBytes)
            {
                return false;
            }

            File.WriteAllBytes(Path.Combine(folder, $"{epoch:N}-{firstSequence}.{FileExtension}"), encoded);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private const string FileExtension = "frames-v1";

}
