using System.Text.Json.Nodes;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>What the parts of one session share. Everything mutable in it is touched under <see cref="Gate"/> only.</summary>
internal sealed class SessionContext
{
    public required string SessionId { get; init; }

    public required Lock Gate { get; init; }

    public required SimulatorOptions Options { get; init; }

    public required SimulatorControl Control { get; init; }

    public required TimeProvider Time { get; init; }

    public required IdSource Ids { get; init; }

    public required Outbox Outbox { get; init; }

    public required SessionConfig Config { get; init; }

    public required Conversation Conversation { get; init; }

    public required ISimulatedModel Model { get; init; }

    public required IVoice Voice { get; init; }

    public required TokenMeter Tokens { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Cancelled when the session is over.</summary>
    public required CancellationToken Ended { get; init; }

    /// <summary>Cuts the connection without a close frame.</summary>
    public required Action Drop { get; init; }

    /// <summary>Whether assistant audio was sent, which fixes the voice.</summary>
    public bool HasSpoken { get; set; }

    public SimulatorFaults Faults => Control.For(SessionId);

    public void Emit(string type, JsonObject members) => Outbox.Send(Named(type), members);

    public void EmitAudio(JsonObject address, ReadOnlySpan<byte> audio) =>
        Outbox.SendAudio(Named("response.output_audio.delta"), address, audio);

    public void EmitError(ProtocolError error, string? clientEventId = null) =>
        Emit("error", new JsonObject { ["error"] = error.ToJson(clientEventId) });

    /// <summary>Adds an item and announces it.</summary>
    public void AddItem(Item item, string? previousItemId = null)
    {
        var before = Conversation.Add(item, previousItemId);
        AnnounceItem("conversation.item.added", item, before);
        if (item.Status == "completed")
        {
            AnnounceItem("conversation.item.done", item, before);
        }
    }

    public void AnnounceItem(string type, Item item, string? previousItemId) =>
        Emit(type, new JsonObject { ["previous_item_id"] = previousItemId, ["item"] = item.ToJson() });

    public Task DelayAsync(int delayMs, CancellationToken cancellationToken) =>
        delayMs <= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(delayMs), Time, cancellationToken);

    private string Named(string type) => !Faults.BetaNames ? type : type switch
    {
        "response.output_audio.delta" => "response.audio.delta",
        "response.output_audio.done" => "response.audio.done",
        "response.output_audio_transcript.delta" => "response.audio_transcript.delta",
        "response.output_audio_transcript.done" => "response.audio_transcript.done",
        "response.output_text.delta" => "response.text.delta",
        "response.output_text.done" => "response.text.done",
        "conversation.item.added" => "conversation.item.created",
        _ => type,
    };
}
