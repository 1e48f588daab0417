using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The receive thread: takes every datagram of the port, tells the protocols apart (RFC 7983 §7) and hands it to its session.</summary>
internal sealed class DatagramLoop : IDisposable
{
    private const int BufferLength = 2048;
    private const int ErrorPauseMs = 5;

    private readonly MediaHost _host;
    private readonly Thread _thread;
    private readonly ManualResetEvent _stopped = new(false);

    public DatagramLoop(MediaHost host)
    {
        _host = host;
        _thread = new Thread(Run) { IsBackground = true, Name = "media-receive" };
        _thread.Start();
    }

    /// <summary>The socket must be closed before: that ends the blocking read.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _thread.Join();
        _stopped.Dispose();
    }

    private void Run()
    {
        MediaThread.Prefer(_host.Options.ThreadPriority);
        byte[] buffer = GC.AllocateArray<byte>(BufferLength, pinned: true);
        SocketAddress from = new(_host.Endpoint.Family);
        while (true)
        {
            try
            {
                int length = _host.Endpoint.Receive(buffer, from);
                long now = _host.Time.GetTimestamp();
                _host.Metrics.Datagram();
                Dispatch(buffer.AsSpan(0, length), from, now);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // An oversized datagram or an ICMP error; the pause keeps a broken socket from taking a core.
                if (_stopped.WaitOne(ErrorPauseMs))
                {
                    return;
                }
            }
#pragma warning disable CA1031 // No datagram may stop the thread that serves all sessions.
            catch (Exception e)
            {
                _host.Metrics.Drop(DatagramDrop.Failed);
                _host.Log.LogError(e, "A datagram could not be handled");
            }
#pragma warning restore CA1031
        }
    }

    private void Dispatch(Span<byte> datagram, SocketAddress from, long now)
    {
        if (datagram.IsEmpty)
        {
            _host.Metrics.Drop(DatagramDrop.Malformed);
            return;
        }

        switch (datagram[0])
        {
            case < 4:
                OnStun(datagram, from, now);
                break;
            case >= 128 and <= 191 when datagram.Length >= 2:
                if (Find(from) is { } media)
                {
                    // RFC 5761 §4: RTCP packet types 192 to 223 in the second byte.
                    if (datagram[1] is >= 192 and <= 223)
                    {
                        media.OnRtcp(datagram, now);
                    }
                    else
                    {
                        media.OnRtp(datagram, now);
                    }
                }

                break;
            case >= 20 and <= 63:
                Find(from)?.OnDtls(datagram, now);
                break;
            default:
                _host.Metrics.Drop(DatagramDrop.Malformed);
                break;
        }
    }

    private WebRtcLeg? Find(SocketAddress from)
    {
        WebRtcLeg? leg = _host.Table.FindByAddress(from);
        if (leg is null)
        {
            _host.Metrics.Drop(DatagramDrop.Stranger);
        }

        return leg;
    }

    // Strangers get no answer at all, not even an error: nothing to scan for, nothing to amplify.
    private void OnStun(ReadOnlySpan<byte> datagram, SocketAddress from, long now)
    {
        if (StunMessage.TryParse(datagram, out StunMessage request)
            && request.Type == StunMessage.BindingRequest
            && FindByUsername(request.UsernameBytes) is { } leg
            && leg.Ice.Match(request.UsernameBytes) is { } generation
            && request.IsAuthentic(generation.Local.PasswordBytes))
        {
            leg.OnStun(request, generation, from, now);
            return;
        }

        _host.Metrics.Drop(DatagramDrop.StunRefused);
    }

    private WebRtcLeg? FindByUsername(ReadOnlySpan<byte> username)
    {
        int colon = username.IndexOf((byte)':');
        if (colon is <= 0 or > 256)
        {
            return null;
        }

        Span<char> userFragment = stackalloc char[colon];
        for (int i = 0; i < colon; i++)
        {
            userFragment[i] = (char)username[i];
        }

        return _host.Table.FindByUserFragment(userFragment);
    }
}
