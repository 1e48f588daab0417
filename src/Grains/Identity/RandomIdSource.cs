using System.Buffers.Text;
using System.Security.Cryptography;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Identity;

/// <summary>Ids and secrets from the operating system's random source.</summary>
internal sealed class RandomIdSource : IIdSource
{
    // 32 symbols without the look-alikes i, l, o and u (Crockford's base 32): 26 of them carry 130 bits.
    private const string Symbols = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdSymbols = 26;
    private const int SecretBytes = 32;

    public string NewId(string prefix) => prefix + RandomNumberGenerator.GetString(Symbols, IdSymbols);

    public string NewSecret()
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
