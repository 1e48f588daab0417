using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;

namespace VoiceOrdering.TestKit.Media;

/// <summary>The network side of a synthetic caller: socket, connectivity checks and DTLS client.</summary>
internal sealed class CallerLink : IDtlsTransport, IDisposable
{
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_consentInterval = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly DtlsConnection _dtls;
    private readonly Lock _dtlsLock = new();
    private readonly Action<Memory<byte>> _onMedia;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SyntheticCallerOptions _options;
    private readonly Random _loss;
    private readonly byte[] _transactionId = RandomNumberGenerator.GetBytes(StunMessage.TransactionIdLength);
    private Timer? _timer;
    private string _username = "";
    private byte[] _remotePassword = [];
    private volatile bool _isReachable;
    private volatile bool _isGone;

    public CallerLink(DtlsContext context, CertificateFingerprint server, Action<Memory<byte>> onMedia, SyntheticCallerOptions options)
    {
        _onMedia = onMedia;
        _options = options;
        _loss = new Random(options.Seed);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.ReceiveBufferSize = 1 << 20;
        _dtls = new DtlsConnection(context, DtlsRole.Client, server, this);
    }

    /// <summary>Completes with close_notify from the server.</summary>
    public Task Closed => _closed.Task;

    public int LocalPort => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Sends checks until the server answers, then shakes hands.</summary>
    public async Task<DtlsSrtpKeys> ConnectAsync(IPEndPoint server, IceCredentials local, IceCredentials remote, CancellationToken cancellationToken)
    {
        _username = remote.UserFragment + ":" + local.UserFragment;
        _remotePassword = Encoding.UTF8.GetBytes(remote.Password);
        _socket.Connect(server);
        new Thread(Receive) { IsBackground = true, Name = "caller" }.Start();
        _timer = new Timer(_ => OnTimer(), null, TimeSpan.Zero, s_checkInterval);
        await _connected.Task.WaitAsync(cancellationToken);
        _timer.Change(s_consentInterval, s_consentInterval);
        lock (_dtlsLock)
        {
            return _dtls.ExportKeys();
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (IsLost())
        {
            return;
        }

        try
        {
            _socket.Send(datagram);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // UDP: the server may be gone, which the caller finds out by other means.
            _isGone = true;
        }
    }

    public void SendDtls(ReadOnlySpan<byte> datagram) => Send(datagram);

    /// <summary>Sends close_notify, as a browser does that hangs up.</summary>
    public void Shutdown()
    {
        lock (_dtlsLock)
        {
            _dtls.Shutdown();
        }
    }

    public void Dispose()
    {
        _isGone = true;
        _timer?.Dispose();
        _socket.Dispose();
        lock (_dtlsLock)
        {
            _dtls.Dispose();
        }
    }

    private void OnTimer()
    {
        Span<byte> request = stackalloc byte[StunMessage.MaxLength];
        int length = StunMessage.WriteRequest(_transactionId, _username, _remotePassword, request);
        Send(request[..length]);
        if (_isReachable)
        {
            lock (_dtlsLock)
            {
                _dtls.HandleTimeout();
            }
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[2048];
        while (!_isGone)
        {
            int length;
            try
            {
                length = _socket.Receive(buffer);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (!IsLost())
            {
                Dispatch(buffer.AsMemory(0, length));
            }

            if (_options.IgnoreMedia && _connected.Task.IsCompleted)
            {
                return;
            }
        }
    }

    private bool IsLost()
    {
        if (_options.HandshakeLoss <= 0 || _connected.Task.IsCompleted)
        {
            return false;
        }

        lock (_loss)
        {
            return _loss.NextDouble() < _options.HandshakeLoss;
        }
    }

    private void Dispatch(Memory<byte> datagram)
    {
        byte first = datagram.Length == 0 ? (byte)255 : datagram.Span[0];
        if (first < 4)
        {
            if (!_isReachable && StunMessage.TryParse(datagram.Span, out StunMessage response)
                && response.Type == StunMessage.BindingSuccess && response.IsAuthentic(_remotePassword))
            {
                _isReachable = true;
                lock (_dtlsLock)
                {
                    _dtls.Begin();
                }
            }
        }
        else if (first is >= 20 and <= 63)
        {
            OnDtls(datagram.Span);
        }
        else
        {
            _onMedia(datagram);
        }
    }

    private void OnDtls(ReadOnlySpan<byte> datagram)
    {
        lock (_dtlsLock)
        {
            _dtls.Receive(datagram);
            switch (_dtls.State)
            {
                case DtlsState.Established:
                    _connected.TrySetResult();
                    break;
                case DtlsState.Failed:
                    _connected.TrySetException(new IOException("DTLS failed: " + _dtls.FailureReason));
                    break;
                case DtlsState.Closed:
                    _closed.TrySetResult();
                    break;
            }
        }
    }
}
