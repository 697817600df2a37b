using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>Reads one layout of files into runs.</summary>
public interface IRunImporter
{
    /// <summary>Name in messages.</summary>
    string Name { get; }

    /// <summary>Files of the layout, as documented for people.</summary>
    string Layout { get; }

    /// <summary>Whether a folder looks like this layout.</summary>
    bool Recognises(string folder);

    /// <exception cref="InvalidDataException">A file is not what the layout says; the message names file, place, what was expected and what came.</exception>
    RunSet Read(string folder);
}
