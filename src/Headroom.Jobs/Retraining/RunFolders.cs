using Headroom.Interference.Importers;
using Headroom.Interference.Runs;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Work;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Retraining;

/// <summary>Sets of labelled runs by their id: the name of a folder among the data sets that come with Headroom, of those that users add, or of the public ones.</summary>
public sealed class RunFolders(IOptions<DatasetOptions> options)
{
    /// <summary>Ids of the sets there are.</summary>
    public IReadOnlyList<string> Ids() => Ids(Roots(), RunImporters.All);

    /// <summary>Ids of the campaigns among them: what the champion is retrained with by itself.</summary>
    public IReadOnlyList<string> Campaigns() => Ids([options.Value.FindRuns()], [new OwnRunsImporter()]);

    /// <summary>How the files of a set look: changes whenever one of them does.</summary>
    /// <exception cref="WorkFailedException">There is no such set.</exception>
    public string StampOf(string id)
    {
        var files = new DirectoryInfo(Find(id)).GetFiles();
        return FormattableString.Invariant($"{files.Length} files, {files.Sum(file => file.Length)} bytes, {files.Max(file => file.LastWriteTimeUtc):O}");
    }

    /// <summary>Reads and labels the runs of a set.</summary>
    /// <exception cref="WorkFailedException">There is no such set, or it is broken.</exception>
    public RunSet Read(string id)
    {
        var folder = Find(id);
        try
        {
            return RunImporters.Read(folder);
        }
        catch (InvalidDataException broken)
        {
            throw new WorkFailedException(broken.Message, broken);
        }
    }

    private static IReadOnlyList<string> Ids(IEnumerable<string> roots, IReadOnlyList<IRunImporter> importers) =>
    [
        .. roots.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Where(folder => importers.Any(importer => importer.Recognises(folder)))
            .Select(folder => Path.GetFileName(folder)).Distinct().Order(StringComparer.Ordinal),
    ];

    // An id is a name, never a path.
    private string Find(string id) => (id == Path.GetFileName(id) && id is not ("" or "." or "..") ? Roots().Select(root => Path.Combine(root, id)).FirstOrDefault(Directory.Exists) : null)
        ?? throw new WorkFailedException($"data: expected one of {string.Join(", ", Ids())}; got '{id}'");

    private IEnumerable<string> Roots() => [options.Value.FindRuns(), options.Value.Find()];
}
