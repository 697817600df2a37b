namespace Headroom.Web.Api;

/// <summary>Which kinds of problems an operation may answer with, by their names in <see cref="ProblemTypes"/>; the API's description says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params string[] types) : Attribute
{
    public IReadOnlyList<string> Types { get; } = types;
}
