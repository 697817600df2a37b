using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Headroom.Storage.People;

/// <summary>
/// Keys and tokens: 256 random bits, shown once, stored as SHA-256. A plain hash is enough because there is nothing to guess: slow
/// password hashes make up for secrets that people think of.
/// </summary>
public static class Secret
{
    private const int RandomBytes = 32;

    /// <summary>A new secret, safe in headers and URLs.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in a time that does not tell how much is right.</summary>
    public static bool Matches(string secret, byte[]? hash) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
}
