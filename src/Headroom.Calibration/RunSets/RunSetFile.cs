using System.Globalization;

namespace Headroom.Calibration.RunSets;

/// <summary>
/// The table of a run set, <c>runs.csv</c>: one line per run, written as soon as the run has ended, so that a campaign that is killed
/// goes on after it.
/// </summary>
public static class RunSetFile
{
    /// <summary>Name of the table in the folder of a set.</summary>
    public const string Name = "runs.csv";

    private const string Header = "run_id,application,threads,neighbours,composition,started_at_ms,ended_at_ms,speed,unit,outside_cores,target_key,recording";

    /// <summary>Adds a run at the end.</summary>
    public static void Append(string folder, CalibrationRun run)
    {
        var path = Path.Combine(folder, Name);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{run.RunId},{run.Application},{run.Threads},{string.Join(';', run.Neighbours)},{run.Composition},{run.StartedAt.ToUnixTimeMilliseconds()},{run.EndedAt.ToUnixTimeMilliseconds()},{run.Speed:R},{run.Unit},{run.OutsideCores:0.####},{run.TargetKey},{run.RecordingFile}\n");
        File.AppendAllText(path, File.Exists(path) ? line : Header + "\n" + line);
    }

    /// <summary>Reads the runs; none when there is no table yet. A last line that was torn off is left out.</summary>
    /// <exception cref="FormatException">A line does not fit; the message names it.</exception>
    public static IReadOnlyList<CalibrationRun> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path);
        var lines = text.Split('\n');
        if (lines[0] != Header)
        {
            throw new FormatException($"{path}: expected the columns {Header}, got {lines[0]}");
        }

        return [.. lines[1..^1].Select((line, i) => Parse(line, $"{path} line {i + 2}"))];
    }

    private static CalibrationRun Parse(string line, string where)
    {
        var cells = line.Split(',');
        if (cells.Length != 12)
        {
            throw new FormatException($"{where}: expected 12 cells, got {cells.Length}");
        }

        try
        {
            return new CalibrationRun(
                int.Parse(cells[0], CultureInfo.InvariantCulture),
                cells[1],
                int.Parse(cells[2], CultureInfo.InvariantCulture),
                [.. cells[3].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Neighbour.Parse)],
                Time(cells[5]),
                Time(cells[6]),
                double.Parse(cells[7], CultureInfo.InvariantCulture),
                cells[8],
                double.Parse(cells[9], CultureInfo.InvariantCulture),
                cells[10],
                cells[11]);
        }
        catch (FormatException malformed)
        {
            throw new FormatException($"{where}: {malformed.Message}", malformed);
        }
    }

    private static DateTimeOffset Time(string cell) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(cell, CultureInfo.InvariantCulture));
}
