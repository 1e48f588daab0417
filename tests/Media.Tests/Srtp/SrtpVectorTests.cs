using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.Tests.Srtp;

/// <summary>The published test vectors.</summary>
public sealed class SrtpVectorTests
{
    [Theory]
    [InlineData(SrtpKeyDerivation.RtpEncryption, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(SrtpKeyDerivation.RtpSalt, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(SrtpKeyDerivation.RtpAuthentication, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    public void Key_derivation_RFC_3711_B_3(byte label, string expected)
    {
        byte[] key = Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139");
        byte[] salt = Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6");

        Convert.ToHexString(SrtpKeyDerivation.Derive(key, salt, label, expected.Length / 2)).ShouldBe(expected);
    }

    [Fact]
    public void Key_stream_RFC_3711_B_2()
    {
        byte[] key = Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C");
        byte[] salt = Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD");
        byte[] stream = new byte[48];
        using SrtpCounterCipher cipher = new(key, salt);

        cipher.Apply(stream, 0, 0);

        Convert.ToHexString(stream).ShouldBe(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0");
    }

    [Fact]
    public void Gcm_rtp_RFC_7714_16_1_1()
    {
        byte[] plain = Convert.FromHexString("8040F17B8041F8D35501A0B2" + "47616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573");
        byte[] packet = new byte[plain.Length + 16];
        plain.CopyTo(packet, 0);
        using SrtpGcmTransform transform = Rfc7714();
        SrtpPacketIndex index = new(12, 0x5501A0B2, 0, 0xF17B);

        transform.ProtectRtp(packet, plain.Length, index).ShouldBe(packet.Length);

        Convert.ToHexString(packet).ShouldBe(
            "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE");
        transform.TryUnprotectRtp(packet, index, out int length).ShouldBeTrue();
        packet[..length].ShouldBe(plain);
    }

    [Fact]
    public void Gcm_rtcp_RFC_7714_17_1()
    {
        byte[] plain = Convert.FromHexString(
            "81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF");
        byte[] packet = new byte[plain.Length + 20];
        plain.CopyTo(packet, 0);
        using SrtpGcmTransform transform = Rfc7714();

        transform.ProtectRtcp(packet, plain.Length, 0x5D4).ShouldBe(packet.Length);

        Convert.ToHexString(packet).ShouldBe(
            "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED0BB9275BC84AA45896CF4D2FC5ABF87245D9EADE800005D4");
        transform.TryUnprotectRtcp(packet, out int length, out uint index).ShouldBeTrue();
        index.ShouldBe(0x5D4u);
        packet[..length].ShouldBe(plain);
    }

    private static SrtpGcmTransform Rfc7714()
    {
        SrtpSessionKeys keys = new(Convert.FromHexString("000102030405060708090A0B0C0D0E0F"), "Quid pro quo"u8.ToArray());
        return new SrtpGcmTransform(keys, keys);
    }
}
