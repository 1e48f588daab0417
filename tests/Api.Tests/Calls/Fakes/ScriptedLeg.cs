using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>A customer's leg whose pacer is the test: each <see cref="Tick"/> is 20 ms of caller audio in and 20 ms of playout out.</summary>
internal sealed class ScriptedLeg(AudioFormat format, Timeline timeline) : ICallLeg
{
    private readonly byte[] _frame = new byte[format.BytesPerFrame];
    private ILegAudio? _audio;
    private long _index;

    public event Action? Connected;

    public event Action<LegLossReason>? Lost;

    public event Action<char>? DtmfReceived
    {
        add { }
        remove { }
    }

    public string LegId => "leg1";

    public AudioFormat Format => format;

    public LegState State { get; private set; } = LegState.Connecting;

    /// <summary>Audio really given to the customer, silence left out.</summary>
    public List<byte> Heard { get; } = [];

    public int HeardMs => format.DurationMs(Heard.Count);

    public void Start(ILegAudio audio)
    {
        _audio.ShouldBeNull("A leg is started once.");
        _audio = audio;
    }

    public void Connect()
    {
        State = LegState.Connected;
        Connected?.Invoke();
    }

    public void Lose(LegLossReason reason)
    {
        State = LegState.Closed;
        Lost?.Invoke(reason);
    }

    public void Tick()
    {
        if (State != LegState.Connected || _audio is null)
        {
            return;
        }

        format.FillSilence(_frame);
        _audio.OnCallerFrame(_frame, new CallerFrame(CallerFrameKind.Speech, _index++, 0, 1));
        if (_audio.TryReadPlayout(_frame))
        {
            Heard.AddRange(_frame);
        }
    }

    public LegStats GetStats() => new() { LegId = LegId, State = State, Codec = "PCMU" };

    public Task HangUpAsync(LegEndReason reason)
    {
        if (State != LegState.Closed)
        {
            timeline.Add($"leg hung up {reason}");
            State = LegState.Closed;
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
