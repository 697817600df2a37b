using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>
/// Boot times of virtual machines on oversubscribed hosts with shared storage (NCU; the layout of interference-vm-boot-ncu).
/// Label: the boot time in seconds.
/// </summary>
public sealed class VmBootImporter : IRunImporter
{
    private static readonly Feature[] Metrics =
    [
        new(FeatureBlock.Target, "alpha_s", "s", Resource.Disk),
        new(FeatureBlock.Target, "beta_s", "s", Resource.Cpu),
        new(FeatureBlock.Host, "cores", "1", Resource.Cpu),
        new(FeatureBlock.Host, "evm", "1", Resource.Cpu),
        new(FeatureBlock.Neighbours, "wvm", "1", Resource.Cpu),
        new(FeatureBlock.Neighbours, "ovm", "1", Resource.Disk),
        new(FeatureBlock.Neighbours, "ovm_excess", "1", Resource.Disk),
        new(FeatureBlock.Neighbours, "c1_evm", "1", Resource.Disk),
        new(FeatureBlock.Neighbours, "c2_evm", "1", Resource.Disk),
        new(FeatureBlock.Neighbours, "c3_evm", "1", Resource.Disk),
        new(FeatureBlock.Neighbours, "c4_evm", "1", Resource.Disk),
    ];

    private static readonly string[] BootsPerHost = ["c1_evm", "c2_evm", "c3_evm", "c4_evm"];

    public string Name => "vm-boot-ncu";

    public string Layout => "boot.csv with host, cores, alpha_s, beta_s, evm, wvm, ovm, boot_time_s";

    public bool Recognises(string folder) => DataFile.Has(folder, "boot", "host", "cores", "alpha_s", "beta_s", "evm");

    public RunSet Read(string folder)
    {
        var table = DataFile.Read(folder, "boot");
        var runs = Enumerable.Range(0, table.Count).Select(row =>
        {
            var boots = string.Join(':', BootsPerHost.Select(column => table.OptionalText(row, column) ?? "0"));
            var (host, own, working) = (table.Text(row, "host"), table.Text(row, "evm"), table.OptionalText(row, "wvm") ?? "0");
            return new InterferenceRun
            {
                Id = $"{table.OptionalText(row, "source")} {host} {boots} evm {own} wvm {working} ({row + 2})",
                Application = host,
                Composition = boots == "0:0:0:0" || working != "0" ? $"{host}:{own}:{working}" : boots,
                Session = host,
                Split = table.OptionalText(row, "split"),
                Frames = [[.. Metrics.Select(metric => table.Feature(row, metric.Name))]],
                Context = [],
                Label = table.OptionalNumber(row, "boot_time_s"),
            };
        });
        return new RunSet(Name, new TargetDefinition("boot time", "s", false), new FeatureSchema(Metrics, []), [.. runs]);
    }
}
