using System.Net;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The DTLS association of one session. The lock in here is the session's SSL lock: receive thread, timer and hang-up use it.</summary>
internal sealed class SecureTransport(MediaHost host, IceAgent ice, CertificateFingerprint peer) : IDtlsTransport, IPacketSink, IDisposable
{
    private readonly Lock _lock = new();
    private DtlsConnection? _connection;
    private bool _isDisposed;

    /// <summary>Timestamp of the first DTLS datagram; 0 before.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Takes a DTLS datagram; tells the state after it and, when the handshake just finished, the keys.</summary>
    public DtlsProgress Receive(ReadOnlySpan<byte> datagram, long now)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return new DtlsProgress(DtlsState.Closed, null, "");
            }

            if (_connection is null)
            {
                StartedAt = now;
                _connection = new DtlsConnection(host.Dtls, DtlsRole.Server, peer, this);
            }

            bool wasHandshaking = _connection.State == DtlsState.Handshaking;
            _connection.Receive(datagram);
            bool isNew = wasHandshaking && _connection.State == DtlsState.Established;
            return new DtlsProgress(_connection.State, isNew ? _connection.ExportKeys() : null, _connection.FailureReason);
        }
    }

    /// <summary>Retransmits what is due.</summary>
    public void HandleTimeout()
    {
        lock (_lock)
        {
            _connection?.HandleTimeout();
        }
    }

    /// <summary>Sends close_notify.</summary>
    public void Shutdown()
    {
        lock (_lock)
        {
            _connection?.Shutdown();
        }
    }

    public void SendDtls(ReadOnlySpan<byte> datagram) => SendPacket(datagram);

    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (ice.Remote is SocketAddress remote)
        {
            host.Endpoint.Send(packet, remote);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _connection?.Dispose();
            _connection = null;
        }
    }
}

/// <summary>Where an association stands after a datagram.</summary>
internal readonly record struct DtlsProgress(DtlsState State, DtlsSrtpKeys? NewKeys, string FailureReason);
