namespace Headroom.Web.Api.Versions;

/// <summary>An operation whose answer carries an entity tag: whoever sends it back in If-None-Match gets 304 while nothing changed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VersionedAttribute : Attribute
{
    /// <summary>
    /// The tag names what people decided and nothing else (<see cref="EntityTag.Mark"/>): the rest of the answer changes by itself, so it is sent
    /// every time, and a change by If-Match does not fail because of it.
    /// </summary>
    public bool OfDecisions { get; init; }
}
