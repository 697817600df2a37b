using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>Every layout that can be read.</summary>
public static class RunImporters
{
    public static IReadOnlyList<IRunImporter> All { get; } =
    [
        new OwnRunsImporter(),
        new NginxMarlaImporter(),
        new GpuPairsLucidImporter(),
        new GpuPairsGavelImporter(),
        new VmBootImporter(),
        new CloudProphetImporter(),
        new CloudPerfTraceImporter(),
    ];

    /// <summary>Reads a folder in whichever layout it has.</summary>
    /// <exception cref="InvalidDataException">No layout fits, or a file breaks its layout.</exception>
    public static RunSet Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"{folder}: expected a folder with labelled runs, there is none.");
        }

        var importer = All.FirstOrDefault(candidate => candidate.Recognises(folder)) ?? throw new InvalidDataException(
            $"{folder}: expected one of these layouts, found none: {string.Join("; ", All.Select(known => $"{known.Name} ({known.Layout})"))}.");
        return importer.Read(folder);
    }
}
