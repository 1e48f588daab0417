using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Media.Ice;

/// <summary>User fragment and password of one side for one ICE generation (RFC 8839 §5.4).</summary>
internal sealed record IceCredentials(string UserFragment, string Password)
{
    private const string IceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public byte[] PasswordBytes { get; } = Encoding.UTF8.GetBytes(Password);

    /// <summary>48 and 144 random bits; RFC 8445 §5.3 asks for 24 and 128.</summary>
    public static IceCredentials Create() =>
        new(RandomNumberGenerator.GetString(IceCharacters, 8), RandomNumberGenerator.GetString(IceCharacters, 24));

    /// <summary>Lengths and characters of RFC 8839 §5.4.</summary>
    public static bool AreValid(string userFragment, string password) =>
        userFragment.Length is >= 4 and <= 256 && password.Length is >= 22 and <= 256
        && userFragment.All(IceCharacters.Contains) && password.All(IceCharacters.Contains);
}
