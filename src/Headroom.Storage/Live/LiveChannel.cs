using System.Globalization;
using Npgsql;

namespace Headroom.Storage.Live;

/// <summary>The PostgreSQL channel on which a writer says, at its commit, for which hosts there are new frames.</summary>
internal static class LiveChannel
{
    internal const string Name = "headroom_frames";

    // The server allows 8,000 bytes; more hosts than fit are announced as "any host".
    private const int MaxPayload = 7_900;

    internal const string AnyHost = "*";

    public static NpgsqlBatchCommand Notify(IEnumerable<int> hosts)
    {
        var payload = string.Join(',', hosts.Select(host => host.ToString(CultureInfo.InvariantCulture)));
        return new NpgsqlBatchCommand("SELECT pg_notify($1, $2)")
        {
            Parameters = { new() { Value = Name }, new() { Value = payload.Length <= MaxPayload ? payload : AnyHost } },
        };
    }

    /// <summary>The hosts of a payload, or null for any host.</summary>
    public static IReadOnlySet<int>? Parse(string payload) =>
        payload == AnyHost ? null : payload.Split(',').Select(host => int.Parse(host, CultureInfo.InvariantCulture)).ToHashSet();
}
