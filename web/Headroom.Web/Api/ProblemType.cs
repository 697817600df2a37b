namespace Headroom.Web.Api;

/// <summary>A kind of problem that the API answers with.</summary>
/// <param name="Name">Its name after <c>urn:headroom:</c>; stable, so that programs may decide by it.</param>
/// <param name="Status">Status code of the answer.</param>
/// <param name="Meaning">When it is answered, for people.</param>
internal sealed record ProblemType(string Name, int Status, string Meaning)
{
    /// <summary>What stands in <c>type</c>.</summary>
    public string Uri => $"{Problems.Prefix}{Name}";
}
