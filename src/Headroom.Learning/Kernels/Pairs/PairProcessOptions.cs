namespace Headroom.Learning.Kernels.Pairs;

/// <summary>How a process over pairs sees its rows and learns how they resemble each other.</summary>
public sealed record PairProcessOptions
{
    /// <summary>Columns that say what the first of a pair is like; what both share may be on either side.</summary>
    public required IReadOnlyList<int> First { get; init; }

    /// <summary>Columns of the second.</summary>
    public required IReadOnlyList<int> Second { get; init; }

    /// <summary>Rows by which scales and parts are learnt (default 500): the work of every step grows with their cube.</summary>
    public int LearningRows { get; init; } = 500;

    /// <summary>Processes that each learn on other rows and are averaged (default 2): few rows leave their scales to chance.</summary>
    public int Processes { get; init; } = 2;

    /// <summary>Steps of that learning (default 40).</summary>
    public int LearningSteps { get; init; } = 40;

    /// <summary>Rows that are kept (default 2500); more are thinned at random.</summary>
    public int MaxRows { get; init; } = 2500;
}
