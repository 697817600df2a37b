namespace Headroom.MemoryPlacement.Tiers;

/// <summary>The NVIDIA GPUs of a Linux machine, as its driver lists them, matched to the catalogue.</summary>
public static class InstalledGpus
{
    /// <param name="root">Root of the file system.</param>
    /// <returns>Null without a driver, or with GPUs that the catalogue does not know.</returns>
    public static GpuSpec? Read(string root = "/")
    {
        var folder = Path.Combine(root, "proc/driver/nvidia/gpus");
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var models = Directory.EnumerateDirectories(folder).Select(gpu => Path.Combine(gpu, "information")).Where(File.Exists)
            .Select(file => File.ReadLines(file).FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal))?["Model:".Length..].Trim()).OfType<string>().ToArray();
        return models.Length == 0 ? null : Match(models[0], models.Length);
    }

    /// <summary>The catalogue's GPU whose words all stand in a driver's name, for example "H100 SXM" in "NVIDIA H100 80GB HBM3" by its first word.</summary>
    public static GpuSpec? Match(string model, int count) =>
        (GpuCatalogue.All.FirstOrDefault(gpu => gpu.Model.Split(' ').All(word => model.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ?? GpuCatalogue.All.FirstOrDefault(gpu => gpu.Model.Split(' ') is [var family, ..] && family != "RTX" && model.Contains(family, StringComparison.OrdinalIgnoreCase)))
        is { } known ? known with { Count = count } : null;
}
