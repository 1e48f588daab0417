using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

/// <summary>A synthetic caller in a call.</summary>
internal sealed class Connected : IAsyncDisposable
{
    public required SyntheticCaller Caller { get; init; }

    public required ICallLeg Leg { get; init; }

    public required RecordingAudio Audio { get; init; }

    /// <summary>Completes when the leg is lost.</summary>
    public required Task<LegLossReason> Lost { get; init; }

    public static async Task<Connected> StartAsync(MediaFixture media, SyntheticCallerOptions options)
    {
        SyntheticCaller caller = new(options);
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        TaskCompletionSource<LegLossReason> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RecordingAudio audio = new(answer.Leg.Format, Tone.Make(1_000, answer.Leg.Format.SampleRateHz, answer.Leg.Format.SampleRateHz));
        answer.Leg.Lost += lost.SetResult;
        answer.Leg.Connected += connected.SetResult;
        answer.Leg.Start(audio);
        await MediaFixture.ConnectAsync(caller, answer);
        await connected.Task.WaitAsync(MediaFixture.Patience);
        return new Connected { Caller = caller, Leg = answer.Leg, Audio = audio, Lost = lost.Task };
    }

    public async ValueTask DisposeAsync()
    {
        await Caller.DisposeAsync();
        await Leg.DisposeAsync();
    }
}
