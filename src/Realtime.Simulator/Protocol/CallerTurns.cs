using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>From caller audio to items: append, detection, commit, hearing, transcript. Everything under the session's gate.</summary>
internal sealed class CallerTurns(SessionContext context, Responses responses)
{
    private const int TranscriptPieceLength = 12;

    private readonly InputAudio _input = new(context.Time, context.Options.MaxBufferedSeconds);
    private Task _lastHearing = Task.CompletedTask;
    private string _turnItemId = "";

    public void Configure() => _input.Configure(context.Config.InputFormat, context.Config.Turns);

    public void Append(ReadOnlySpan<byte> audio)
    {
        _input.Append(audio);
        for (var change = _input.Detect(); change != VadChange.None; change = _input.Detect())
        {
            if (change == VadChange.Started)
            {
                Start();
            }
            else
            {
                Stop();
            }
        }
    }

    public void Commit() => CommitItem(_input.TakeAll(context.Ids.Next("item")));

    public void Clear()
    {
        _input.Clear();
        context.Emit("input_audio_buffer.cleared", []);
    }

    /// <summary>Starts hearing a turn, after the one before it.</summary>
    public Task<Hearing> HearAsync(UserAudio audio)
    {
        var before = _lastHearing;
        var hearing = Task.Run(async () =>
        {
            await before;
            return await HearSafelyAsync(audio);
        });
        _lastHearing = hearing;
        return hearing;
    }

    private void Start()
    {
        _turnItemId = context.Ids.Next("item");
        context.Emit("input_audio_buffer.speech_started", new JsonObject
        {
            ["audio_start_ms"] = _input.TurnStartMs,
            ["item_id"] = _turnItemId,
        });
        responses.StopIdleTimer();
        if (Interrupts)
        {
            responses.Interrupt();
        }
    }

    private void Stop()
    {
        context.Emit("input_audio_buffer.speech_stopped", new JsonObject
        {
            ["audio_end_ms"] = _input.DetectedMs,
            ["item_id"] = _turnItemId,
        });
        CommitItem(_input.TakeTurn(_turnItemId));
        if (CreatesResponse)
        {
            responses.CreateAfterTurn();
        }
    }

    private bool Interrupts => context.Config.Turns switch
    {
        TurnDetection.ServerVad vad => vad.InterruptResponse,
        TurnDetection.SemanticVad vad => vad.InterruptResponse,
        _ => false,
    };

    private bool CreatesResponse => context.Config.Turns switch
    {
        TurnDetection.ServerVad vad => vad.CreateResponse,
        TurnDetection.SemanticVad vad => vad.CreateResponse,
        _ => false,
    };

    private void CommitItem(UserAudio audio)
    {
        var item = new Item(audio.ItemId, ItemKind.Message) { Audio = audio, Hearing = HearAsync(audio) };
        context.Emit("input_audio_buffer.committed", new JsonObject
        {
            ["previous_item_id"] = context.Conversation.LastId,
            ["item_id"] = item.Id,
        });
        context.AddItem(item);
        if (context.Config.Transcription is { } transcription)
        {
            _ = TranscribeAsync(item, transcription.Model);
        }
    }

    private async Task<Hearing> HearSafelyAsync(UserAudio audio)
    {
        try
        {
            return await context.Model.HearAsync(audio, context.Ended);
        }
        catch (OperationCanceledException)
        {
            return Hearing.Failed("The session is over.");
        }
#pragma warning disable CA1031 // The brain is foreign code: what it throws is a failed transcript, not the end of the session.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            context.Logger.LogError(failure, "Hearing failed in session {SessionId}", context.SessionId);
            return Hearing.Failed("The audio could not be transcribed.");
        }
    }

    private async Task TranscribeAsync(Item item, string model)
    {
        var heard = await item.Hearing!;
        try
        {
            await context.DelayAsync(context.Faults.TranscriptDelayMs, context.Ended);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var fails = context.Control.TryTake(
            context.SessionId, faults => faults.FailTranscripts, (faults, left) => faults with { FailTranscripts = left });
        lock (context.Gate)
        {
            if (fails || heard.Outcome == HearingOutcome.Failed)
            {
                EmitFailure(item, heard.FailureMessage ?? "The audio could not be transcribed.");
            }
            else
            {
                item.Text.Clear().Append(heard.Transcript);
                EmitTranscript(item, heard.Transcript, model);
            }
        }
    }

    private void EmitFailure(Item item, string message) =>
        context.Emit("conversation.item.input_audio_transcription.failed", new JsonObject
        {
            ["item_id"] = item.Id,
            ["content_index"] = 0,
            ["error"] = new JsonObject
            {
                ["type"] = "transcription_error",
                ["code"] = "audio_unintelligible",
                ["message"] = message,
                ["param"] = null,
            },
        });

    private void EmitTranscript(Item item, string transcript, string model)
    {
        for (var at = 0; at < transcript.Length; at += TranscriptPieceLength)
        {
            context.Emit("conversation.item.input_audio_transcription.delta", new JsonObject
            {
                ["item_id"] = item.Id,
                ["content_index"] = 0,
                ["delta"] = transcript.Substring(at, Math.Min(TranscriptPieceLength, transcript.Length - at)),
            });
        }

        context.Emit("conversation.item.input_audio_transcription.completed", new JsonObject
        {
            ["item_id"] = item.Id,
            ["content_index"] = 0,
            ["transcript"] = transcript,
            ["usage"] = TranscriptUsage(item.Audio!, transcript, model),
        });
    }

    private static JsonObject TranscriptUsage(UserAudio audio, string transcript, string model)
    {
        if (model == "whisper-1")
        {
            return new JsonObject { ["type"] = "duration", ["seconds"] = Math.Ceiling(audio.DurationMs / 1000.0) };
        }

        var read = TokenMeter.CallerAudio(audio.DurationMs);
        var written = TokenMeter.Text(transcript.Length);
        return new JsonObject
        {
            ["type"] = "tokens",
            ["total_tokens"] = read + written,
            ["input_tokens"] = read,
            ["input_token_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = read },
            ["output_tokens"] = written,
        };
    }
}
