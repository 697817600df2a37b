namespace Headroom.Web.Api.Versions;

/// <summary>A change that is refused with 412 when If-Match names another state of the thing than the present one.</summary>
/// <param name="read">Address whose ETag is meant.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IfMatchAttribute(string read) : Attribute
{
    public string Read { get; } = read;
}
