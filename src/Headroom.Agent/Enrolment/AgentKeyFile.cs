using Headroom.Agent.Files;
using System.Text.Json;

namespace Headroom.Agent.Enrolment;

/// <summary>The file that holds the agent's key; readable by its owner only.</summary>
/// <param name="dataFolder">Folder of the file.</param>
/// <param name="server">Address to use in place of the one that the agent enrolled at, or null.</param>
internal sealed class AgentKeyFile(string dataFolder, string? server = null)
{
    private readonly string _path = Path.Combine(dataFolder, "key.json");

    /// <summary>The key, or null when the agent is not enrolled.</summary>
    /// <exception cref="FormatException">The file is not what this agent wrote.</exception>
    public AgentKey? Read()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        try
        {
            var key = JsonSerializer.Deserialize(File.ReadAllBytes(_path), AgentKeyJson.Default.AgentKey);
            return key is null || server is null ? key : key with { Server = server };
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"{_path}: {malformed.Message}", malformed);
        }
    }

    /// <summary>Replaces the key in one step.</summary>
    /// <exception cref="IOException">The disk refused; the old key is still there.</exception>
    public void Write(AgentKey key)
    {
        PrivateFolder.Create(dataFolder);
        var temporary = _path + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, key, AgentKeyJson.Default.AgentKey);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
