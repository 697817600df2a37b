namespace Headroom.Web.Api.Versions;

/// <summary>An operation whose answer carries an entity tag: whoever sends it back in If-None-Match gets 304 while nothing changed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VersionedAttribute : Attribute;
