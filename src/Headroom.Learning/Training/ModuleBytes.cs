using TorchSharp;

namespace Headroom.Learning.Training;

/// <summary>A module's parameters and buffers as bytes.</summary>
public static class ModuleBytes
{
    public static byte[] Save(torch.nn.Module module)
    {
        using var stream = new MemoryStream();
        module.save(stream);
        return stream.ToArray();
    }

    public static void Load(torch.nn.Module module, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        module.load(stream);
    }
}
