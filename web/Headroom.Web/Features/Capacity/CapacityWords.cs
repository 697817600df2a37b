using Headroom.Oversubscription.Traces;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Capacity;

/// <summary>Names and numbers of capacity advice on screen.</summary>
internal static class CapacityWords
{
    private const double BytesPerGibibyte = 1L << 30;

    public static string Name(Resource resource) => resource == Resource.Cpu ? "CPU" : "Memory";

    public static string Amount(double? amount, Resource resource) => (amount, resource) switch
    {
        (null, _) => Quantity.Missing,
        (_, Resource.Cpu) => $"{Quantity.Text(amount, "{cpu}")} cores",
        _ => Quantity.Text(amount * BytesPerGibibyte, "By"),
    };

    public static string Ratio(double? ratio) => ratio is { } number ? $"{number:0.00}×" : Quantity.Missing;

    public static string Span(double seconds) => Quantity.Text(seconds, "s");
}
