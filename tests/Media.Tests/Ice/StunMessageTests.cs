using System.Net;
using System.Text;
using VoiceOrdering.Media.Ice;

namespace VoiceOrdering.Media.Tests.Ice;

/// <summary>RFC 5769 test vectors and hostile input.</summary>
public sealed class StunMessageTests
{
    private static readonly byte[] s_password = Encoding.ASCII.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");

    // RFC 5769 §2.1: sample request.
    private static readonly byte[] s_request = Convert.FromHexString(
        "000100582112A442B7E7A701BC34D686FA87DFAE" +
        "802200105354554E207465737420636C69656E74" +
        "002400046E0001FF80290008932FF9B151263B36" +
        "000600096576746A3A68367659202020" +
        "000800149AEAA70CBFD8CB56781EF2B5B2D3F249C1B571A2" +
        "80280004E57A3BCF");

    [Fact]
    public void The_sample_request_of_RFC_5769_is_read_and_authentic()
    {
        StunMessage.TryParse(s_request, out StunMessage message).ShouldBeTrue();

        message.Type.ShouldBe(StunMessage.BindingRequest);
        Encoding.ASCII.GetString(message.UsernameBytes).ShouldBe("evtj:h6vY");
        message.NominatesPair.ShouldBeFalse();
        message.IsAuthentic(s_password).ShouldBeTrue();
        message.IsAuthentic("another password, longer"u8).ShouldBeFalse();
    }

    [Theory]
    [InlineData("192.0.2.1", "0020000800 01A147E112A643")]
    [InlineData("2001:db8:1234:5678:11:2233:4455:6677", "0020001400 02A1470113A9FAA5D3F179BC25F4B5BED2B9D9")]
    public void The_mapped_address_is_that_of_RFC_5769(string address, string expected)
    {
        byte[] transactionId = Convert.FromHexString("B7E7A701BC34D686FA87DFAE");
        byte[] output = new byte[StunMessage.MaxLength];

        int length = StunMessage.WriteSuccess(transactionId, new IPEndPoint(IPAddress.Parse(address), 32_853), s_password, output);

        Convert.ToHexString(output.AsSpan(0, length)).ShouldContain(expected.Replace(" ", "", StringComparison.Ordinal));
        StunMessage.TryParse(output.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
        message.Type.ShouldBe(StunMessage.BindingSuccess);
        message.IsAuthentic(s_password).ShouldBeTrue();
        uint crc = Crc32.Compute(output.AsSpan(0, length - 8)) ^ 0x5354554E;
        Convert.ToHexString(output.AsSpan(length - 4, 4)).ShouldBe(crc.ToString("X8"));
    }

    [Fact]
    public void Cut_changed_and_random_messages_are_never_authentic()
    {
        for (int length = 0; length < s_request.Length; length++)
        {
            IsAuthentic(s_request.AsSpan(0, length)).ShouldBeFalse();
        }

        // The FINGERPRINT at the end is outside of what MESSAGE-INTEGRITY covers.
        for (int i = 0; i < s_request.Length - 8; i++)
        {
            byte[] changed = [.. s_request];
            changed[i] ^= 1;
            IsAuthentic(changed).ShouldBeFalse($"byte {i} was changed");
        }

        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = new byte[random.Next(0, 600)];
            random.NextBytes(noise);
            if (noise.Length >= 8 && i % 2 == 0)
            {
                s_request.AsSpan(0, 8).CopyTo(noise);
                noise[2] = (byte)((noise.Length - 20) >> 8);
                noise[3] = (byte)(noise.Length - 20);
            }

            IsAuthentic(noise).ShouldBeFalse();
        }
    }

    private static bool IsAuthentic(ReadOnlySpan<byte> datagram) => StunMessage.TryParse(datagram, out StunMessage message) && message.IsAuthentic(s_password);
}
