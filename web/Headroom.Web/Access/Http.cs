namespace Headroom.Web.Access;

/// <summary>Words of HTTP.</summary>
internal static class Http
{
    /// <summary>Whether a method only reads.</summary>
    public static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
