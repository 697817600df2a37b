namespace Headroom.Interference.GpuPairs;

/// <summary>Where the model of GPU pairs lies when nobody says otherwise: in the user's own data folder, since it may not come with the product.</summary>
public static class GpuPairFile
{
    public static string DefaultPath { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "headroom", "models", "gpu-pairs.model");
}
