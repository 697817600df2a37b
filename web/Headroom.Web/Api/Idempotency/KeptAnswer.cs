using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Headroom.Web.Api.Idempotency;

/// <summary>
/// An answer as it is kept for who asks again: sealed with the Idempotency-Key, of which the store has only a hash. So answers that
/// hold a secret, such as a new key, are no secrets in the database.
/// </summary>
internal sealed record KeptAnswer(int Status, string? ContentType, string? Location, byte[] Body)
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    /// <summary>Nonce, tag, cipher text.</summary>
    public byte[] Seal(string secret)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this);
        var bytes = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(KeyOf(secret), TagBytes);
        cipher.Encrypt(bytes.AsSpan(0, NonceBytes), text, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes));
        return bytes;
    }

    /// <exception cref="CryptographicException">The bytes were not sealed with this secret, or changed since.</exception>
    public static KeptAnswer Open(byte[] bytes, string secret)
    {
        var text = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(KeyOf(secret), TagBytes);
        cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), text);
        return JsonSerializer.Deserialize<KeptAnswer>(text)!;
    }

    private static byte[] KeyOf(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: "headroom idempotent answer"u8.ToArray());
}
