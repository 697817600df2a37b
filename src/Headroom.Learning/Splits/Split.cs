namespace Headroom.Learning.Splits;

/// <summary>Row numbers to learn from and row numbers to score, with the name of what was left out.</summary>
public sealed record Split(string Name, IReadOnlyList<int> Train, IReadOnlyList<int> Test);
