using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// One answer from <c>response.created</c> to <c>response.done</c>. The brain's actions are performed outside the session's gate; whatever
/// shows goes through it, and after the end nothing shows any more.
/// </summary>
internal sealed class ResponseRun
{
    private static readonly string[] s_fatalCodes = ["insufficient_quota", "invalid_api_key", "account_deactivated", "billing_hard_limit_reached"];

    private readonly SessionContext _context;
    private readonly Responses _owner;
    private readonly ModelGate _model;
    private readonly ResponseRequest _request;
    private readonly CancellationTokenSource _cancel;
    private readonly ResponseOutput _output;
    private List<Item> _taken = [];
    private RealtimeUsage? _read;
    private bool _acted;
    private bool _ended;

    public ResponseRun(SessionContext context, Responses owner, ModelGate model, ResponseRequest request)
    {
        _context = context;
        _owner = owner;
        _model = model;
        _request = request;
        Id = context.Ids.Next("resp");
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(context.Ended);
        _output = new ResponseOutput(context, request, Id);
    }

    public string Id { get; }

    /// <summary>How long a client that plays in real time still plays after the end.</summary>
    public TimeSpan PlaybackLeft => _output.PlaybackLeft;

    /// <summary>Announces the answer and starts it. Under the gate.</summary>
    public void Start()
    {
        _context.Emit("response.created", new JsonObject { ["response"] = ToJson("in_progress", null, null) });
        _context.Emit("rate_limits.updated", _owner.RateLimits());
        if (_context.Faults.UnknownEvents)
        {
            _context.Emit("response.unheard_of", new JsonObject { ["response_id"] = Id });
        }

        _ = Task.Run(RunAsync);
    }

    /// <summary>Ends the answer now; what was said so far stays in the conversation. Under the gate.</summary>
    public void Cancel(string reason)
    {
        if (!_ended)
        {
            End("cancelled", reason, null);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (_context.Control.TryTake(_context.SessionId, faults => faults.FailResponses, (faults, left) => faults with { FailResponses = left }))
            {
                Fail(_context.Faults.FailCode, "The answer failed because the simulator was told so.");
                return;
            }

            await _context.DelayAsync(_context.Faults.ResponseDelayMs, _cancel.Token);
            await _model.EnterAsync();
            try
            {
                await PerformAsync();
            }
            finally
            {
                _model.Leave();
            }
        }
        catch (OperationCanceledException)
        {
            // Cancelled answers have shown their end already; an ended session shows nothing.
        }
#pragma warning disable CA1031 // The brain is foreign code: what it throws fails this answer, as at the provider, and not the session.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _context.Logger.LogError(failure, "Answer {ResponseId} failed", Id);
            Fail("server_error", "The server had an error while processing your request. Sorry about that!");
        }
        finally
        {
            _cancel.Dispose();
        }
    }

    private async Task PerformAsync()
    {
        var turn = await BuildTurnAsync();
        await foreach (var action in _context.Model.RespondAsync(turn, _cancel.Token).WithCancellation(_cancel.Token))
        {
            _acted = true;
            switch (action)
            {
                case ModelAction.Say say:
                    await _output.SayAsync(say, IsOver, _cancel.Token);
                    break;
                case ModelAction.CallFunction call:
                    lock (_context.Gate)
                    {
                        if (!_ended)
                        {
                            _output.Call(call);
                        }
                    }

                    break;
            }

            if (_output.IsOverLimit)
            {
                EndUnlessOver("incomplete", "max_output_tokens");
                return;
            }
        }

        EndUnlessOver("completed", null);
    }

    private bool IsOver() => _ended;

    private async Task<ModelTurn> BuildTurnAsync()
    {
        List<Item> items;
        lock (_context.Gate)
        {
            if (_ended)
            {
                // Cancelled while another answer kept the brain busy: its turns belong to the next answer.
                throw new OperationCanceledException();
            }

            items = _request.Input is { } given ? [.. given] : [.. _context.Conversation.Items];
            var isNew = items.FindAll(item => !item.IsAnswered && item.Role != ConversationRole.Assistant && item.Kind != ItemKind.Call);
            _taken = _request.Input is null && !_request.IsOutOfBand ? isNew : [];
            _taken.ForEach(item => item.IsAnswered = true);
            _read = _context.Tokens.Read(_context.Config.PromptPrefix, items);
            items = [.. items];
        }

        await Task.WhenAll(items.Select(item => item.Hearing ?? Task.CompletedTask)).WaitAsync(_cancel.Token);
        lock (_context.Gate)
        {
            var fresh = _request.Input is null ? _taken : items;
            return new ModelTurn(
                Id, [.. items.Select(Seen)], [.. fresh.Select(Seen)], _request.Configuration, _request.Instructions);
        }
    }

    private static ModelItem Seen(Item item) =>
        item.ToModelItem(item.Hearing is { IsCompletedSuccessfully: true } hearing ? hearing.Result : null);

    private void EndUnlessOver(string status, string? reason)
    {
        lock (_context.Gate)
        {
            if (!_ended)
            {
                End(status, reason, null);
            }
        }
    }

    private void Fail(string code, string message)
    {
        lock (_context.Gate)
        {
            if (_ended || _context.Ended.IsCancellationRequested)
            {
                return;
            }

            End("failed", null, new JsonObject { ["type"] = FailureType(code), ["code"] = code, ["message"] = message });
            if (s_fatalCodes.Contains(code))
            {
                _context.Outbox.Close(1008, message);
            }
        }
    }

    private static string FailureType(string code) => code == "server_error" ? "server_error" : "invalid_request_error";

    private void End(string status, string? reason, JsonObject? error)
    {
        _ended = true;
        _output.Close(status == "completed" ? "completed" : "incomplete");
        if (status == "failed" || (status == "cancelled" && !_acted))
        {
            // Nobody reacted to these turns; the next answer shall.
            _taken.ForEach(item => item.IsAnswered = false);
        }

        var usage = (_read ?? default) with
        {
            OutputTextTokens = _output.TextTokens,
            OutputAudioTokens = _output.AudioTokens,
        };
        JsonObject? details = null;
        if (status != "completed")
        {
            details = new JsonObject { ["type"] = status };
            if (reason is not null)
            {
                details["reason"] = reason;
            }

            if (error is not null)
            {
                details["error"] = error;
            }
        }

        _context.Emit("response.done", new JsonObject { ["response"] = ToJson(status, details, TokenMeter.ToJson(usage)) });
        _owner.Finished(this, usage);
        if (status == "cancelled")
        {
            // The run may be on this very thread, or have disposed itself already: it ends on its own when told off the gate.
            _ = Task.Run(CancelSafely);
        }
    }

    private void CancelSafely()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run was over first.
        }
    }

    private JsonObject ToJson(string status, JsonObject? details, JsonObject? usage) => new()
    {
        ["object"] = "realtime.response",
        ["id"] = Id,
        ["status"] = status,
        ["status_details"] = details,
        ["output"] = _output.ToJson(),
        ["conversation_id"] = _request.IsOutOfBand ? null : _context.Conversation.Id,
        ["output_modalities"] = new JsonArray(_request.Modality == ResponseModality.Text ? "text" : "audio"),
        ["max_output_tokens"] = _request.MaxOutputTokens is { } limit ? limit : "inf",
        ["audio"] = _context.Config.AudioOutputJson(),
        ["usage"] = usage,
        ["metadata"] = _request.Metadata?.DeepClone(),
    };
}
