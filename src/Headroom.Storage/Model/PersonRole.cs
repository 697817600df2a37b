namespace Headroom.Storage.Model;

/// <summary>What a person may do; each role may do what the ones before it may.</summary>
public enum PersonRole
{
    /// <summary>Reads everything.</summary>
    Viewer = 1,

    /// <summary>Changes what the platform does: starts and stops work, adds boards, vetoes models.</summary>
    Operator = 2,

    /// <summary>Decides who may do what: people, keys, schedules, forced promotion of models.</summary>
    Administrator = 3,
}
