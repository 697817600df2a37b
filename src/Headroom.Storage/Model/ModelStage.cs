namespace Headroom.Storage.Model;

/// <summary>Where a version of a model is in its life.</summary>
public enum ModelStage
{
    /// <summary>Trained, not tried yet.</summary>
    Candidate = 0,

    /// <summary>Answers beside the champion; nobody sees its answers.</summary>
    Shadow = 1,

    /// <summary>Answers. One per model.</summary>
    Champion = 2,

    /// <summary>Answered once, or was turned down.</summary>
    Retired = 3,
}
