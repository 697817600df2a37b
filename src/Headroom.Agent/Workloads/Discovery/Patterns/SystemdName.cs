using System.Globalization;
using System.Text;

namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Names of systemd units: what is no letter, digit, or one of <c>:-_.@</c> is written <c>\xNN</c>, and so is a hyphen inside a slice's part.</summary>
internal static class SystemdName
{
    public static string Unescape(string name)
    {
        if (!name.Contains("\\x", StringComparison.Ordinal))
        {
            return name;
        }

        var bytes = new List<byte>(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\' && i + 3 < name.Length && name[i + 1] == 'x'
                && byte.TryParse(name.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(name[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
