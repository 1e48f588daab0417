using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Tests.Srtp;

/// <summary>The reference implementation libsrtp2, as an oracle. Offsets are those of srtp_policy_t on 64-bit systems.</summary>
internal sealed unsafe partial class LibSrtp : IDisposable
{
    private const string Library = "libsrtp2.so.1";
    private const int PolicyLength = 128;
    private const int InboundAny = 2;
    private const int OutboundAny = 3;

    private static readonly Lazy<bool> s_isAvailable = new(() =>
        Environment.Is64BitProcess && NativeLibrary.TryLoad(Library, typeof(LibSrtp).Assembly, null, out _) && srtp_init() == 0);

    private readonly nint _session;

    public LibSrtp(ushort profile, byte[] keyAndSalt, bool isSender)
    {
        byte* policy = stackalloc byte[PolicyLength];
        new Span<byte>(policy, PolicyLength).Clear();
        fixed (byte* key = keyAndSalt)
        {
            *(int*)policy = isSender ? OutboundAny : InboundAny;
            srtp_crypto_policy_set_from_profile_for_rtp(policy + 8, profile).ShouldBe(0);
            srtp_crypto_policy_set_from_profile_for_rtcp(policy + 32, profile).ShouldBe(0);
            *(byte**)(policy + 56) = key;
            *(nuint*)(policy + 88) = 128;
            srtp_create(out _session, policy).ShouldBe(0);
        }
    }

    public static bool IsAvailable => s_isAvailable.Value;

    public byte[]? Apply(byte[] packet, bool isRtcp, bool isProtect)
    {
        byte[] buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        int length = packet.Length;
        fixed (byte* bytes = buffer)
        {
            int status = (isRtcp, isProtect) switch
            {
                (false, true) => srtp_protect(_session, bytes, ref length),
                (false, false) => srtp_unprotect(_session, bytes, ref length),
                (true, true) => srtp_protect_rtcp(_session, bytes, ref length),
                _ => srtp_unprotect_rtcp(_session, bytes, ref length),
            };
            return status == 0 ? buffer[..length] : null;
        }
    }

    public void Dispose() => srtp_dealloc(_session).ShouldBe(0);

    [LibraryImport(Library)]
    private static partial int srtp_init();

    [LibraryImport(Library)]
    private static partial int srtp_create(out nint session, byte* policy);

    [LibraryImport(Library)]
    private static partial int srtp_dealloc(nint session);

    [LibraryImport(Library)]
    private static partial int srtp_crypto_policy_set_from_profile_for_rtp(byte* policy, int profile);

    [LibraryImport(Library)]
    private static partial int srtp_crypto_policy_set_from_profile_for_rtcp(byte* policy, int profile);

    [LibraryImport(Library)]
    private static partial int srtp_protect(nint session, byte* packet, ref int length);

    [LibraryImport(Library)]
    private static partial int srtp_unprotect(nint session, byte* packet, ref int length);

    [LibraryImport(Library)]
    private static partial int srtp_protect_rtcp(nint session, byte* packet, ref int length);

    [LibraryImport(Library)]
    private static partial int srtp_unprotect_rtcp(nint session, byte* packet, ref int length);
}
