namespace Headroom.Fpga.Records;

/// <summary>Under which licence the records of a source stand, and whether a model trained on them may be passed on.</summary>
public sealed record DataLicence(string Name, bool AllowsRedistribution)
{
    private static readonly Dictionary<string, DataLicence> BySource = new()
    {
        ["dense1"] = new("Apache-2.0", true),
        ["ntorc"] = new("MIT", true),
        ["wa-2-3layer"] = new("CC-BY-NC-4.0", false),
        [WaRecordReader.Source] = new("CC-BY-NC-4.0", false),
        [HarvestReader.Source] = new("none stated", false),
    };

    /// <summary>The licence of a source; a source we do not know counts as not to be passed on.</summary>
    public static DataLicence Of(string source) => BySource.GetValueOrDefault(source) ?? new("the user's own", false);
}
