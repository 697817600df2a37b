using System.Net;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>Keeps webhooks away from networks that the operator refuses (<see cref="AlertOptions.RefusedNetworks"/>), whatever name an address has.</summary>
public sealed class AddressGuard(IOptions<AlertOptions> options)
{
    private readonly IReadOnlyList<IPNetwork> _refused = Parse(options.Value.RefusedNetworks)!;

    /// <summary>The network that refuses an address; null when none does.</summary>
    public IPNetwork? RefusedBy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in _refused)
        {
            if (network.Contains(plain))
            {
                return network;
            }
        }

        return null;
    }

    /// <summary>What is wrong with the address of a webhook; null when it may be tried. Names are looked up, and checked again, at every connection.</summary>
    /// <param name="field">Where it stands, for the message.</param>
    /// <param name="text">The address.</param>
    /// <param name="isSecret">Whether the address must not be repeated.</param>
    public string? Problem(string field, string? text, bool isSecret)
    {
        var got = isSecret ? "something else" : $"'{text}'";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            return $"{field}: expected an address that begins with https:// or http://, without a user in it; got {got}";
        }

        return IPAddress.TryParse(address.IdnHost, out var host) && RefusedBy(host) is { } network
            ? $"{field}: expected an address outside {network} (Headroom:Alerts:RefusedNetworks), got {got}"
            : null;
    }

    /// <summary>Networks with commas between them; null when one of them is none.</summary>
    internal static IReadOnlyList<IPNetwork>? Parse(string networks)
    {
        var parsed = new List<IPNetwork>();
        foreach (var text in networks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(text, out var network))
            {
                return null;
            }

            parsed.Add(network);
        }

        return parsed;
    }
}
