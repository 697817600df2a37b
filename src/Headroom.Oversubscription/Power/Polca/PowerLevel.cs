namespace Headroom.Oversubscription.Power.Polca;

/// <summary>How hard the row is held, from not at all to the brake.</summary>
public enum PowerLevel
{
    /// <summary>Full speed.</summary>
    Free,

    /// <summary>Low priority slowed.</summary>
    T1,

    /// <summary>Low priority slowed further.</summary>
    T2,

    /// <summary>As T2, high priority slowed too.</summary>
    T2High,

    /// <summary>The power brake.</summary>
    Brake,
}
