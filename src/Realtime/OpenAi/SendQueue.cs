using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Keeps the order of everything that goes out and bounds it: audio and verbs have a limit each, so that a provider that does not
/// read costs the caller's audio, and never memory. Audio is written as base64 straight into a pooled buffer: one pass, no copy after that.
/// </summary>
internal sealed class SendQueue(int maxAudioFrames, int maxVerbs)
{
    /// <summary>Largest single append; the provider allows 15 MiB, a live caller never needs it.</summary>
    public const int MaxAudioFrameBytes = 64 * 1024;

    private readonly Channel<Outgoing> _messages = Channel.CreateUnbounded<Outgoing>(
        new UnboundedChannelOptions { SingleReader = true });

    private int _audioWaiting;
    private int _verbsWaiting;
    private long _messagesSent;
    private long _audioBytesSent;
    private long _framesDropped;
    private long _verbsRefused;

    public long MessagesSent => Interlocked.Read(ref _messagesSent);

    public long AudioBytesSent => Interlocked.Read(ref _audioBytesSent);

    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    public long VerbsRefused => Interlocked.Read(ref _verbsRefused);

    private static ReadOnlySpan<byte> AppendHead => "{\"type\":\"input_audio_buffer.append\",\"audio\":\""u8;

    private static ReadOnlySpan<byte> AppendTail => "\"}"u8;

    public bool TryAppend(ReadOnlySpan<byte> audio)
    {
        if (Interlocked.Increment(ref _audioWaiting) > maxAudioFrames)
        {
            return Drop();
        }

        var length = AppendHead.Length + Base64.GetMaxEncodedToUtf8Length(audio.Length) + AppendTail.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        AppendHead.CopyTo(buffer);
        Base64.EncodeToUtf8(audio, buffer.AsSpan(AppendHead.Length), out _, out var written);
        AppendTail.CopyTo(buffer.AsSpan(AppendHead.Length + written));
        if (_messages.Writer.TryWrite(new Outgoing(buffer, length, audio.Length)))
        {
            return true;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Drop();
    }

    /// <exception cref="RealtimeException">Full or closed.</exception>
    public void Send(byte[] message)
    {
        if (Interlocked.Increment(ref _verbsWaiting) > maxVerbs)
        {
            Interlocked.Decrement(ref _verbsWaiting);
            Interlocked.Increment(ref _verbsRefused);
            RealtimeMetrics.VerbsRefused.Add(1);
            throw new RealtimeException(
                ProviderErrorKind.Retriable, RealtimeErrorCodes.SendQueueFull, "The provider does not take messages fast enough.");
        }

        if (!_messages.Writer.TryWrite(new Outgoing(message, message.Length, 0)))
        {
            Interlocked.Decrement(ref _verbsWaiting);
            throw Closed();
        }
    }

    public static RealtimeException Closed() =>
        new(ProviderErrorKind.Retriable, RealtimeErrorCodes.SessionClosed, "The session is closed.");

    /// <summary>Takes nothing more; what is queued is still sent.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Sends until <see cref="Complete"/> or a broken socket; never throws for the latter, the reading side reports it.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_messages.Reader.TryRead(out var message))
                {
                    await SendOneAsync(socket, message, cancellationToken);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            _messages.Writer.TryComplete();
        }

        while (_messages.Reader.TryRead(out var left))
        {
            Settle(left);
        }
    }

    private async ValueTask SendOneAsync(WebSocket socket, Outgoing message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(
                message.Buffer.AsMemory(0, message.Length), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            Interlocked.Increment(ref _messagesSent);
            Interlocked.Add(ref _audioBytesSent, message.AudioBytes);
        }
        finally
        {
            Settle(message);
        }
    }

    private void Settle(Outgoing message)
    {
        if (message.AudioBytes > 0)
        {
            Interlocked.Decrement(ref _audioWaiting);
            ArrayPool<byte>.Shared.Return(message.Buffer);
        }
        else
        {
            Interlocked.Decrement(ref _verbsWaiting);
        }
    }

    private bool Drop()
    {
        Interlocked.Decrement(ref _audioWaiting);
        Interlocked.Increment(ref _framesDropped);
        RealtimeMetrics.AudioFramesDropped.Add(1);
        return false;
    }
}
