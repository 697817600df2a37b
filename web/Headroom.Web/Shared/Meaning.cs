namespace Headroom.Web.Shared;

/// <summary>What a colour says. Each has a shape of its own, so that it is understood without colour.</summary>
public enum Meaning
{
    /// <summary>Neither good nor bad, or not known.</summary>
    None,

    /// <summary>Information, selection.</summary>
    Calm,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Look at it soon.</summary>
    Warn,

    /// <summary>Act now.</summary>
    Bad,
}
