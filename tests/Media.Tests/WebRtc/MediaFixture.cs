using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

/// <summary>A server on loopback and callers to it.</summary>
internal sealed class MediaFixture : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private MediaFixture(WebRtcServer server, SkippingTime time)
    {
        Server = server;
        Time = time;
    }

    public WebRtcServer Server { get; }

    public SkippingTime Time { get; }

    public static async Task<MediaFixture> StartAsync(Func<WebRtcServerOptions, WebRtcServerOptions>? change = null)
    {
        WebRtcServerOptions options = new() { BindAddress = IPAddress.Loopback, PortFirst = 0, PacerCount = 1 };
        SkippingTime time = new();
        WebRtcServer server = new(change?.Invoke(options) ?? options, time, NullLogger<WebRtcServer>.Instance);
        await server.StartAsync(CancellationToken.None);
        return new MediaFixture(server, time);
    }

    public async Task<WebRtcAnswer.Accepted> AnswerAsync(SyntheticCaller caller, AudioCodecs codecs = AudioCodecs.All) =>
        (await Server.AnswerAsync(caller.CreateOffer(), new WebRtcAnswerOptions { Codecs = codecs }, CancellationToken.None))
        .ShouldBeOfType<WebRtcAnswer.Accepted>();

    public static async Task ConnectAsync(SyntheticCaller caller, WebRtcAnswer.Accepted answer)
    {
        using CancellationTokenSource patience = new(Patience);
        await caller.ConnectAsync(answer.AnswerSdp, patience.Token);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>A clock that moves only when it is told to.</summary>
internal sealed class StandingTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _now = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => s_start + _now;

    public override long GetTimestamp() => _now.Ticks;

    public void Skip(TimeSpan duration) => _now += duration;
}

/// <summary>The real clock, with leaps forward on demand.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _skipped);

    public void Skip(TimeSpan duration) => Interlocked.Add(ref _skipped, (long)(duration.TotalSeconds * TimestampFrequency));
}
