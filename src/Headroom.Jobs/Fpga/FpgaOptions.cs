using System.ComponentModel.DataAnnotations;
using Headroom.Fpga.Sweeps;

namespace Headroom.Jobs.Fpga;

/// <summary>Settings of FPGA predictions, each with its default.</summary>
public sealed class FpgaOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string SectionName = "Headroom:Fpga";

    /// <summary>A model file that <c>headroom train fpga</c> wrote; empty takes the one that comes with the program.</summary>
    public string ModelFile { get; set; } = "";

    /// <summary>Largest model file a person may send. Default 256 MiB.</summary>
    [Range(1, 2_000_000_000)]
    public long UploadBytes { get; set; } = 256L << 20;

    /// <summary>Most designs of one sweep. Default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int SweepPoints { get; set; } = Sweep.MostPoints;

    /// <summary>Most boards a user may add. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int OwnBoards { get; set; } = 1_000;
}
