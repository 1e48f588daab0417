using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>The answers of one session: one in the conversation at a time, any number outside it. Everything under the session's gate.</summary>
internal sealed class Responses(SessionContext context, ModelGate model)
{
    private const int MaxOutOfBand = 16;
    private const int RequestLimit = 1_000;
    private const int TokenLimit = 150_000;
    private const int TokensReserved = 4_096;

    private readonly List<ResponseRun> _outOfBand = [];
    private ResponseRun? _active;
    private ITimer? _idle;
    private int _requests;
    private int _tokensUsed;

    /// <exception cref="ProtocolException">One is running already.</exception>
    public void Create(ResponseRequest request)
    {
        if (request.IsOutOfBand)
        {
            if (_outOfBand.Count >= MaxOutOfBand)
            {
                throw new ProtocolException(new ProtocolError("too_many_responses", $"At most {MaxOutOfBand} responses outside the conversation at a time."));
            }

            var aside = new ResponseRun(context, this, model, request);
            _outOfBand.Add(aside);
            aside.Start();
            return;
        }

        if (_active is { } running)
        {
            throw new ProtocolException(new ProtocolError(
                "conversation_already_has_active_response",
                $"Conversation already has an active response in progress: {running.Id}. Wait until the response is finished before creating a new one."));
        }

        StopIdleTimer();
        _active = new ResponseRun(context, this, model, request);
        _active.Start();
    }

    /// <summary>After a detected turn: as the provider documents, this may fail while an answer runs that may not be interrupted.</summary>
    public void CreateAfterTurn()
    {
        try
        {
            Create(ResponseRequest.FromSession(context.Config));
        }
        catch (ProtocolException refused)
        {
            context.EmitError(refused.Error);
        }
    }

    /// <summary>The caller spoke.</summary>
    public void Interrupt() => _active?.Cancel("turn_detected");

    /// <exception cref="ProtocolException">None is running, or not the one named.</exception>
    public void Cancel(string? responseId)
    {
        var run = responseId is null ? _active : new[] { _active }.Concat(_outOfBand).FirstOrDefault(known => known?.Id == responseId);
        if (run is null)
        {
            throw new ProtocolException(new ProtocolError(
                "response_cancel_not_active", "Cancellation failed: no active response found"));
        }

        run.Cancel("client_cancelled");
    }

    public void Finished(ResponseRun run, RealtimeUsage usage)
    {
        _tokensUsed += usage.TotalTokens;
        _outOfBand.Remove(run);
        if (ReferenceEquals(_active, run))
        {
            _active = null;
            StartIdleTimer(run.PlaybackLeft);
        }
    }

    public JsonObject RateLimits()
    {
        _requests++;
        return new JsonObject
        {
            ["rate_limits"] = new JsonArray(
                Limit("requests", RequestLimit, RequestLimit - _requests),
                Limit("tokens", TokenLimit, TokenLimit - _tokensUsed - TokensReserved)),
        };
    }

    public void StopIdleTimer()
    {
        _idle?.Dispose();
        _idle = null;
    }

    private void StartIdleTimer(TimeSpan playbackLeft)
    {
        StopIdleTimer();
        if (context.Config.Turns is TurnDetection.ServerVad { IdleTimeoutMs: { } idleMs })
        {
            _idle = context.Time.CreateTimer(
                _ => CommitSilence(), null, playbackLeft + TimeSpan.FromMilliseconds(idleMs), Timeout.InfiniteTimeSpan);
        }
    }

    // The caller said nothing: an empty turn, so that the model may ask whether somebody is there.
    private void CommitSilence()
    {
        lock (context.Gate)
        {
            if (_active is not null || context.Ended.IsCancellationRequested)
            {
                return;
            }

            var id = context.Ids.Next("item");
            context.Emit("input_audio_buffer.timeout_triggered", new JsonObject
            {
                ["audio_start_ms"] = 0,
                ["audio_end_ms"] = 0,
                ["item_id"] = id,
            });
            context.Emit("input_audio_buffer.committed", new JsonObject
            {
                ["previous_item_id"] = context.Conversation.LastId,
                ["item_id"] = id,
            });
            context.AddItem(new Item(id, ItemKind.Message)
            {
                Audio = new UserAudio { ItemId = id, Samples = default, SampleRateHz = 24_000, Format = context.Config.InputFormat, StartMs = 0 },
                Hearing = Task.FromResult(Hearing.NotUnderstood()),
            });
            CreateAfterTurn();
        }
    }

    private static JsonObject Limit(string name, int limit, int remaining) => new()
    {
        ["name"] = name,
        ["limit"] = limit,
        ["remaining"] = Math.Max(0, remaining),
        ["reset_seconds"] = 60.0,
    };
}
