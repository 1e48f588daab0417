using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>Hands out scripted sessions <c>s1</c>, <c>s2</c> … ; connects can be made to fail or to hang.</summary>
internal sealed class ScriptedProvider(Timeline timeline) : IRealtimeProvider
{
    private readonly Queue<RealtimeException> _failures = new();

    public string Name => "scripted";

    public List<ScriptedSession> Sessions { get; } = [];

    /// <summary>When set, the next connects wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public ScriptedSession Last => Sessions[^1];

    public RealtimeCapabilities GetCapabilities(string? model = null) =>
        new() { Provider = Name, Model = "scripted-1", AudioFormats = [RealtimeAudioFormat.Pcmu] };

    public void FailNext(int count, ProviderErrorKind kind = ProviderErrorKind.Retriable, string code = RealtimeErrorCodes.Unreachable)
    {
        for (int i = 0; i < count; i++)
        {
            _failures.Enqueue(new RealtimeException(kind, code, "Refused by the script."));
        }
    }

    public async Task<IRealtimeSession> ConnectAsync(RealtimeConnectOptions options, CancellationToken cancellationToken = default)
    {
        timeline.Add("connect");
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        if (_failures.TryDequeue(out RealtimeException? failure))
        {
            throw failure;
        }

        var session = new ScriptedSession($"s{Sessions.Count + 1}", timeline) { Settings = options.Settings };
        Sessions.Add(session);
        return session;
    }
}
