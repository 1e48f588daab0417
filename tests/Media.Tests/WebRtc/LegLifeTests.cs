using System.Net;
using System.Net.Sockets;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

public sealed class LegLifeTests
{
    [Fact]
    public async Task A_caller_who_hangs_up_is_lost_at_once()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());

        call.Caller.HangUp();

        (await call.Lost.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.CallerHungUp);
        call.Leg.State.ShouldBe(LegState.Closed);
        ShouldBeEmpty(media);
    }

    [Fact]
    public async Task A_caller_who_says_goodbye_is_lost_when_silence_follows()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());
        Task heard = call.Audio.SpeechFramesAsync(1);
        for (int i = 0; i < 5; i++)
        {
            call.Caller.SendPayload(new byte[160]);
        }

        await heard.WaitAsync(MediaFixture.Patience);
        call.Caller.SendGoodbye();

        (await call.Lost.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.CallerHungUp);
    }

    [Fact]
    public async Task A_caller_who_vanishes_is_lost_after_the_consent_time_out()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());
        call.Caller.Vanish();
        media.Time.Skip(TimeSpan.FromSeconds(9));
        await call.Audio.FramesAsync(call.Audio.Frames.Count + 30).WaitAsync(MediaFixture.Patience);
        call.Lost.IsCompleted.ShouldBeFalse();

        media.Time.Skip(TimeSpan.FromSeconds(7));

        (await call.Lost.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.Silent);
        ShouldBeEmpty(media);
    }

    [Fact]
    public async Task A_caller_who_never_comes_is_given_up()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        TaskCompletionSource<LegLossReason> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Leg.Lost += lost.SetResult;
        answer.Leg.Start(new RecordingAudio(answer.Leg.Format, []));

        media.Time.Skip(TimeSpan.FromSeconds(16));

        (await lost.Task.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.NeverConnected);
        ShouldBeEmpty(media);
    }

    [Fact]
    public async Task Another_certificate_than_the_announced_one_is_refused_in_the_handshake()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { AnnounceForeignCertificate = true });
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        TaskCompletionSource<LegLossReason> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Leg.Lost += lost.SetResult;
        answer.Leg.Start(new RecordingAudio(answer.Leg.Format, []));

        await Should.ThrowAsync<IOException>(() => MediaFixture.ConnectAsync(caller, answer));

        (await lost.Task.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.HandshakeFailed);
        ShouldBeEmpty(media);
    }

    [Fact]
    public async Task Hanging_up_tells_the_caller_and_calls_nothing_any_more()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());

        await call.Leg.HangUpAsync(LegEndReason.Completed);

        int frames = call.Audio.Frames.Count;
        await call.Caller.Closed.WaitAsync(MediaFixture.Patience);
        call.Audio.Frames.Count.ShouldBe(frames);
        call.Lost.IsCompleted.ShouldBeFalse();
        call.Leg.GetStats().EndReason.ShouldBe("Completed");
        await call.Leg.HangUpAsync(LegEndReason.Failed);
        call.Leg.GetStats().EndReason.ShouldBe("Completed");
        ShouldBeEmpty(media);
    }

    [Fact]
    public async Task Above_the_limit_a_caller_is_refused_until_a_line_is_free()
    {
        await using MediaFixture media = await MediaFixture.StartAsync(o => o with { MaxSessions = 2 });
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted first = await media.AnswerAsync(caller);
        await media.AnswerAsync(caller);

        WebRtcAnswer third = await media.Server.AnswerAsync(caller.CreateOffer(), new WebRtcAnswerOptions(), CancellationToken.None);
        third.ShouldBe(new WebRtcAnswer.AtCapacity(2));
        third.Code.ShouldBe("MEDIA_AT_CAPACITY");

        await first.Leg.DisposeAsync();
        await media.AnswerAsync(caller);
        media.Server.SessionCount.ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_the_server_ends_every_call_and_frees_the_port()
    {
        MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());
        IPEndPoint endpoint = media.Server.LocalEndpoint!;

        await media.DisposeAsync();

        (await call.Lost.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.ServerStopping);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(endpoint);
    }

    [Fact]
    public async Task A_third_of_the_handshake_may_be_lost()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        for (int seed = 1; seed <= 5; seed++)
        {
            await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions { HandshakeLoss = 0.3, Seed = seed });
            call.Leg.State.ShouldBe(LegState.Connected);
        }
    }

    [Fact]
    public async Task The_next_free_port_of_the_range_is_taken_and_a_full_range_is_an_error()
    {
        using Socket first = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        first.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)first.LocalEndPoint!).Port;

        await Should.ThrowAsync<SocketException>(() => MediaFixture.StartAsync(o => o with { PortFirst = port, PortLast = port }));
        await using MediaFixture media = await MediaFixture.StartAsync(o => o with { PortFirst = port, PortLast = port + 20 });
        media.Server.LocalEndpoint!.Port.ShouldBeInRange(port + 1, port + 20);
    }

    [Fact]
    public async Task An_exception_of_the_bridge_does_not_end_the_call()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        ThrowingAudio audio = new();
        answer.Leg.Start(audio);
        await MediaFixture.ConnectAsync(caller, answer);

        await audio.Called.Task.WaitAsync(MediaFixture.Patience);

        answer.Leg.State.ShouldBe(LegState.Connected);
        answer.Leg.GetStats().PacketsSent.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task Nothing_of_an_ended_call_is_kept()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await EndOneAsync(media);
        int handles = Directory.GetFiles("/proc/self/fd").Length;
        List<WeakReference> legs = [];
        for (int i = 0; i < 30; i++)
        {
            legs.Add(await EndOneAsync(media));
        }

        ShouldBeEmpty(media);
        for (int i = 0; i < 10 && legs.Any(l => l.IsAlive); i++)
        {
            // The thread pool and the threads' frames may hold the newest for a moment: give them something else to do.
            await EndOneAsync(media);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        legs.Count(l => l.IsAlive).ShouldBeLessThanOrEqualTo(1);
        Directory.GetFiles("/proc/self/fd").Length.ShouldBeLessThan(handles + 20);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> EndOneAsync(MediaFixture media)
    {
        Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions { Codecs = AudioCodecs.Opus });
        await using (call)
        {
            return new WeakReference(call.Leg);
        }
    }

    private static void ShouldBeEmpty(MediaFixture media)
    {
        media.Server.SessionCount.ShouldBe(0);
        media.Server.Table.AddressCount.ShouldBe(0);
        media.Server.Table.UserFragmentCount.ShouldBe(0);
    }

    private sealed class ThrowingAudio : ILegAudio
    {
        private int _calls;

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info) => throw new InvalidOperationException("caller");

        public bool TryReadPlayout(Span<byte> frame)
        {
            if (++_calls == 25)
            {
                Called.SetResult();
            }

            throw new InvalidOperationException("playout");
        }
    }
}
