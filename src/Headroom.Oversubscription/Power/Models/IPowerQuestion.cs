using Headroom.Learning.Data;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>A question about power that a data set can answer: what is known beforehand, and how many watts that will be.</summary>
public interface IPowerQuestion
{
    /// <summary>Name in tables and figures.</summary>
    string Name { get; }

    /// <summary>Name of its figure: the mean absolute error in W, or the symmetric percentage error where the rows differ by orders of magnitude.</summary>
    string Figure { get; }

    /// <summary>Folder of the public data set.</summary>
    string Folder { get; }

    /// <summary>A column that only files of this layout have.</summary>
    string Column { get; }

    /// <summary>What the predicted watts are.</summary>
    string Target { get; }

    /// <summary>Our model.</summary>
    BlendRegressor Ours { get; }

    /// <summary>The questions' own simple rules; the usual rivals are shown beside them.</summary>
    IReadOnlyList<ITabularRegressor> Rules { get; }

    /// <summary>Reads a table of this layout; any split value or no such column at all.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a cell is not what it should be.</exception>
    PowerSet Read(CsvTable table);
}
